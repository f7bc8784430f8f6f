package io.limitledger.simulation;

import java.util.Random;

/**
 * The rates of faults in a run. Some runs have none of one kind, so that what depends on its absence is tested too.
 *
 * @param loss fraction of messages that never arrive, or whose arrival is never confirmed
 * @param repeats fraction of messages that arrive twice
 * @param slow fraction of messages that take up to three seconds
 * @param crashEveryMillis average life of an instance of the ledger; 0 for unlimited
 * @param deathEveryMillis average life of a client; 0 for unlimited
 * @param isClockSteady whether the broker's clock runs like the clients' clocks; otherwise it jumps
 */
record FaultRates(
        double loss, double repeats, double slow, int crashEveryMillis, int deathEveryMillis, boolean isClockSteady) {
    private static final double[] LOSSES = {0, 0.01, 0.1};
    private static final double[] REPEATS = {0, 0.05};
    private static final double[] SLOW = {0, 0.02, 0.15};
    private static final int[] CRASHES = {0, 4_000, 15_000};
    private static final int[] DEATHS = {0, 20_000};

    static FaultRates of(Random random) {
        return new FaultRates(
                LOSSES[random.nextInt(LOSSES.length)],
                REPEATS[random.nextInt(REPEATS.length)],
                SLOW[random.nextInt(SLOW.length)],
                CRASHES[random.nextInt(CRASHES.length)],
                DEATHS[random.nextInt(DEATHS.length)],
                random.nextInt(5) < 3);
    }

    /** The rates after faults have stopped: what is in transit arrives, and nothing more goes wrong. */
    FaultRates stopped() {
        return new FaultRates(0, 0, 0, 0, 0, isClockSteady);
    }
}
