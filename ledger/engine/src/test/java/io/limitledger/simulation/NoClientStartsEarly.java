package io.limitledger.simulation;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Invariant: a client with a promised start does not start before it. Not checked where the broker's clock jumps. */
final class NoClientStartsEarly extends Invariant {
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
                    () -> leaseId + " starts at " + cluster.clock.now() + ", before its promised start: " + starts);
        }
    }
}
