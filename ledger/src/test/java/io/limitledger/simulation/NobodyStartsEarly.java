package io.limitledger.simulation;

import java.util.Objects;
import java.util.UUID;

/** Who was told when its turn comes does not begin before. Nothing can be said where clocks jump. */
final class NobodyStartsEarly extends Invariant {
    @Override
    void onBegun(UUID leaseId, boolean isHeld) {
        Cluster cluster = cluster();
        if (cluster.clock.isSteady() && !cluster.wasEndedOnPurpose(leaseId)) {
            cluster.pages()
                    .map(page -> page.startOf(leaseId))
                    .filter(Objects::nonNull)
                    .forEach(startsAt -> require(
                            startsAt <= cluster.clock.now(),
                            () -> leaseId + " begins at " + cluster.clock.now() + ", and starts at " + startsAt));
        }
    }
}
