package io.limitledger.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Invariant: soon after an acquire was denied, no lease is held under its id. Checked only where no message is lost,
 * because the client may first have to release an earlier grant.
 */
final class DeniedIdsHoldNothing extends Invariant {
    /**
     * Milliseconds. An unconfirmed lease ends after ten seconds; a grant still in transit is released within the same
     * time.
     */
    private static final long SOON_MILLIS = 20_000;

    private final Map<UUID, Long> deniedAt = new HashMap<>();

    @Override
    void onDeniedOrRefused(UUID leaseId) {
        if (cluster().clock.isSteady() && cluster().network.faultRates().loss() == 0) {
            deniedAt.put(leaseId, cluster().timer.nowMillis());
        }
    }

    @Override
    void onTime() {
        long before = cluster().timer.nowMillis() - SOON_MILLIS;
        deniedAt.entrySet().removeIf(denied -> denied.getValue() < before && isOver(denied.getKey()));
    }

    private boolean isOver(UUID leaseId) {
        require(
                cluster().pages().noneMatch(page -> page.held.containsKey(leaseId)),
                () -> leaseId + " is still held long after its acquire was denied");
        return true;
    }
}
