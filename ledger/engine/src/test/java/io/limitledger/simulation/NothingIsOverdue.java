package io.limitledger.simulation;

/**
 * Invariant: leases, waits and moves end soon after their time even without further commands, as soon as a running
 * ledger's ticks arrive.
 */
final class NothingIsOverdue extends Invariant {
    /** Milliseconds: several restarts of the ledger in a row, with lost ticks in between. */
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
                // Each attempt to move waits until the clocks agree, so only steady clocks bound its time.
                require(
                        !cluster().clock.isSteady() || page.movingSince > before,
                        () -> "still moving since " + page.movingSince + ": " + page.definition);
            } else {
                page.held.values().forEach(lease -> require(lease.expiresAt() > before, () -> "still held: " + lease));
                page.queue
                        .values()
                        .forEach(waiter -> require(waiter.until() > before, () -> "still waiting: " + waiter));
            }
        });
    }
}
