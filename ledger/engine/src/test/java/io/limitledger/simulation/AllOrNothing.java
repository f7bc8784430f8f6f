package io.limitledger.simulation;

import io.limitledger.core.state.Lease;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Invariant: a process that starts with slots of several limits holds slots of each of them. Not checked where the
 * broker's clock jumps.
 */
final class AllOrNothing extends Invariant {
    @Override
    void onBegun(UUID leaseId, boolean isHeld) {
        Cluster cluster = cluster();
        if (isHeld && cluster.clock.isSteady() && !cluster.wasEndedOnPurpose(leaseId)) {
            List<Lease> held = cluster.pages()
                    .map(page -> page.held.get(leaseId))
                    .filter(Objects::nonNull)
                    .toList();
            require(
                    held.isEmpty() || held.size() > held.get(0).siblings().size(),
                    () -> leaseId + " starts, but is held on these limits only: " + held);
        }
    }
}
