package io.limitledger.simulation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Who was told when its turn comes does not begin before. Nothing can be said where clocks jump. */
final class NobodyStartsEarly extends Invariant {
    @Override
    void onBegun(UUID leaseId, boolean isHeld) {
        Cluster cluster = cluster();
        if (cluster.clock.isSteady() && !cluster.wasEndedOnPurpose(leaseId)) {
            List<Long> starts = cluster.pages()
                    .map(page -> page.startOf(leaseId))
                    .filter(Objects::nonNull)
                    .toList();
            require(
                    starts.isEmpty() || starts.stream().anyMatch(startsAt -> startsAt <= cluster.clock.now()),
                    () -> leaseId + " begins at " + cluster.clock.now() + ", and starts at " + starts);
        }
    }
}
