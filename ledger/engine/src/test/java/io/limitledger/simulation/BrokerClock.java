package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.Random;

/**
 * The time by which the log is stamped. Where it is not steady, it steps ahead and back now and then, and is behind for a
 * record.
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

    /** The append time of a record: now, unless another broker's clock is behind. */
    long stamp() {
        boolean isBehind = !isSteady && random.nextInt(BEHIND_ONE_IN) == 0;
        return isBehind ? now() - random.nextInt(longestBehindMillis) : now();
    }

    /** Ahead, back, or ahead as far as it is behind. */
    void step() {
        switch (random.nextInt(4)) {
            case 0 -> jumpedMillis = Math.max(jumpedMillis, steppedBackMillis);
            case 1 -> jumpedMillis += random.nextInt(LONGEST_JUMP_MILLIS);
            default ->
                steppedBackMillis +=
                        random.nextInt(LONGEST_STEPS_BACK_MILLIS[random.nextInt(LONGEST_STEPS_BACK_MILLIS.length)]);
        }
    }

    /** The time on a machine whose clock has not jumped. */
    long elsewhere() {
        return START + timer.nowMillis();
    }

    boolean hasSteppedBack() {
        return steppedBackMillis > 0;
    }

    /** By how much it has stepped ahead, in all. */
    long steppedAheadMillis() {
        return jumpedMillis;
    }

    /** How far apart this and any other clock are, at most. */
    long apartMillis() {
        return Math.abs(jumpedMillis - steppedBackMillis) + (isSteady ? 0 : longestBehindMillis);
    }
}
