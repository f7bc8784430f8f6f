package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.Random;

/** The time by which the log is stamped. Where it is not steady, it jumps forward now and then, and back for a record. */
final class BrokerClock {
    private static final long START = 1_700_000_000_000L;
    private static final int LONGEST_JUMP_MILLIS = 20_000;
    private static final int LONGEST_STEP_BACK_MILLIS = 3_000;
    private static final int STEPS_BACK_ONE_IN = 20;

    private final Timer timer;
    private final Random random;
    private final boolean isSteady;
    private long jumpedMillis;

    BrokerClock(Timer timer, Random random, boolean isSteady) {
        this.timer = timer;
        this.random = random;
        this.isSteady = isSteady;
    }

    boolean isSteady() {
        return isSteady;
    }

    /** Epoch milliseconds. */
    long now() {
        return START + timer.nowMillis() + jumpedMillis;
    }

    /** The append time of a record: now, unless another broker's clock is behind. */
    long stamp() {
        boolean isBehind = !isSteady && random.nextInt(STEPS_BACK_ONE_IN) == 0;
        return isBehind ? now() - random.nextInt(LONGEST_STEP_BACK_MILLIS) : now();
    }

    void jump() {
        jumpedMillis += random.nextInt(LONGEST_JUMP_MILLIS);
    }

    /** The time on a machine whose clock has not jumped. */
    long elsewhere() {
        return START + timer.nowMillis();
    }

    /** How far apart this and any other clock are, at most. */
    long apartMillis() {
        return jumpedMillis + (isSteady ? 0 : LONGEST_STEP_BACK_MILLIS);
    }
}
