package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.Random;

/**
 * The clock that stamps the log. Unless it is steady, it occasionally steps ahead or back, and single records get a
 * timestamp that lags behind.
 */
final class BrokerClock {
    private static final long START = 1_700_000_000_000L;
    private static final int LONGEST_JUMP_MILLIS = 20_000;
    private static final int[] LONGEST_STEPS_BACK_MILLIS = {1_000, 20_000, 3_600_000};
    private static final int[] LONGEST_BEHIND_MILLIS = {10, 1_000};
    private static final int BEHIND_ONE_IN = 20;

    private final Timer timer;
    private final Random random;
    private final boolean isSteady;
    private final int longestBehindMillis;
    private long jumpedMillis;
    private long steppedBackMillis;

    BrokerClock(Timer timer, Random random, boolean isSteady) {
        this.timer = timer;
        this.random = random;
        this.isSteady = isSteady;
        this.longestBehindMillis = LONGEST_BEHIND_MILLIS[random.nextInt(LONGEST_BEHIND_MILLIS.length)];
    }

    boolean isSteady() {
        return isSteady;
    }

    /** Epoch milliseconds. */
    long now() {
        return START + timer.nowMillis() + jumpedMillis - steppedBackMillis;
    }

    /**
     * The append time of a record, in epoch milliseconds: now, or earlier as if stamped by another broker whose clock
     * lags.
     */
    long stamp() {
        boolean isBehind = !isSteady && random.nextInt(BEHIND_ONE_IN) == 0;
        return isBehind ? now() - random.nextInt(longestBehindMillis) : now();
    }

    /** Steps ahead, steps back, or makes up for earlier steps back. */
    void step() {
        switch (random.nextInt(4)) {
            case 0 -> jumpedMillis = Math.max(jumpedMillis, steppedBackMillis);
            case 1 -> jumpedMillis += random.nextInt(LONGEST_JUMP_MILLIS);
            default ->
                steppedBackMillis +=
                        random.nextInt(LONGEST_STEPS_BACK_MILLIS[random.nextInt(LONGEST_STEPS_BACK_MILLIS.length)]);
        }
    }

    /** The time on a machine whose clock never jumped, in epoch milliseconds. */
    long elsewhere() {
        return START + timer.nowMillis();
    }

    boolean hasSteppedBack() {
        return steppedBackMillis > 0;
    }

    /** The sum of all steps ahead, in milliseconds. */
    long steppedAheadMillis() {
        return jumpedMillis;
    }

    /** The largest difference between this clock and any other clock, in milliseconds. */
    long apartMillis() {
        return Math.abs(jumpedMillis - steppedBackMillis) + (isSteady ? 0 : longestBehindMillis);
    }
}
