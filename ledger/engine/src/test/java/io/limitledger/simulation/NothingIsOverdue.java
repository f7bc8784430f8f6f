package io.limitledger.simulation;

/**
 * Leases, waits and moves end soon after their time although nobody asks: as soon as a ledger is there whose ticks arrive.
 */
final class NothingIsOverdue extends Invariant {
    /** A few restarts of the ledger, one after another, and ticks that are lost in between. */
    private static final long SOON_MILLIS = 30_000;

    @Override
    void onTime() {
        cluster().partitions().forEach(this::check);
    }

    private void check(Partition partition) {
        long now = partition.referee().timeAt(cluster().clock.now());
        long before = now - cluster().clock.steppedAheadMillis() - SOON_MILLIS;
        partition.referee().book().pages().values().forEach(page -> {
            if (page.isMoving) {
                // Each try waits until the clocks agree, so where they do not this says little.
                require(
                        !cluster().clock.isSteady() || page.movingSince > before,
                        () -> "still moves, since " + page.movingSince + ": " + page.definition);
            } else {
                page.held.values().forEach(lease -> require(lease.expiresAt() > before, () -> "still held: " + lease));
                page.line.values().forEach(waiter -> require(waiter.until() > before, () -> "still waits: " + waiter));
            }
        });
    }
}
