package io.limitledger.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Soon after an asker is told that it does not get its slots nothing is held under the id. Looked at where no message is
 * lost, since it may have to be released first.
 */
final class DeniedIsDenied extends Invariant {
    /** What was handed over on trial ends in ten seconds; what was still on its way is released as soon. */
    private static final long SOON_MILLIS = 20_000;

    private final Map<UUID, Long> deniedAt = new HashMap<>();

    @Override
    void onDeniedOrRefused(UUID leaseId) {
        if (cluster().clock.isSteady() && cluster().network.weather().loss() == 0) {
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
                () -> leaseId + " is held long after its asker was told that it is not");
        return true;
    }
}
