package io.limitledger.simulation;

import java.util.Random;

/**
 * How much goes wrong in a run. Some runs have no trouble of one kind at all, so that what needs it to be absent is tried
 * as well.
 *
 * @param loss part of what is sent that never arrives, or whose arrival is never confirmed
 * @param repeats part of what is sent that arrives twice
 * @param slow part of what is sent that takes up to three seconds
 * @param crashEveryMillis how long an instance of the ledger lives on average; 0 for ever
 * @param deathEveryMillis how long an asker lives on average; 0 for ever
 * @param isClockSteady whether the broker's clock runs as those of the clients do; otherwise it jumps
 */
record Weather(
        double loss, double repeats, double slow, int crashEveryMillis, int deathEveryMillis, boolean isClockSteady) {
    static final Weather FAIR = new Weather(0, 0, 0, 0, 0, true);

    private static final double[] LOSSES = {0, 0.01, 0.1};
    private static final double[] REPEATS = {0, 0.05};
    private static final double[] SLOW = {0, 0.02, 0.15};
    private static final int[] CRASHES = {0, 4_000, 15_000};
    private static final int[] DEATHS = {0, 20_000};

    static Weather of(Random random) {
        return new Weather(
                LOSSES[random.nextInt(LOSSES.length)],
                REPEATS[random.nextInt(REPEATS.length)],
                SLOW[random.nextInt(SLOW.length)],
                CRASHES[random.nextInt(CRASHES.length)],
                DEATHS[random.nextInt(DEATHS.length)],
                random.nextInt(5) < 3);
    }

    /** After the storm: what is on its way arrives, and nothing more goes wrong. */
    Weather calmed() {
        return new Weather(0, 0, 0, 0, 0, isClockSteady);
    }
}
