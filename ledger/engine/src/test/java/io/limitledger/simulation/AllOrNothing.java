package io.limitledger.simulation;

import io.limitledger.core.state.Lease;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A process that begins with slots of several limits holds them on each of these. Nothing can be said where clocks jump. */
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
                    () -> leaseId + " begins, and is held on these limits only: " + held);
        }
    }
}
