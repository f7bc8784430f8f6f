package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.Random;

/** The network between processes: it delays, loses and repeats messages. */
final class Network {
    /** Delay of a message that never arrives. */
    static final long LOST = -1;

    private static final int USUAL_MILLIS = 4;
    private static final int LONGEST_MILLIS = 3_000;

    private final Timer timer;
    private final Random random;
    private FaultRates faultRates;

    Network(Timer timer, Random random, FaultRates faultRates) {
        this.timer = timer;
        this.random = random;
        this.faultRates = faultRates;
    }

    void setFaultRates(FaultRates faultRates) {
        this.faultRates = faultRates;
    }

    FaultRates faultRates() {
        return faultRates;
    }

    /** The delay of one message in milliseconds, or {@link #LOST}. */
    long wayMillis() {
        return happens(faultRates.loss()) ? LOST : delayMillis();
    }

    long delayMillis() {
        return random.nextInt(happens(faultRates.slow()) ? LONGEST_MILLIS : USUAL_MILLIS);
    }

    boolean loses() {
        return happens(faultRates.loss());
    }

    boolean repeats() {
        return happens(faultRates.repeats());
    }

    /** Delivers a message, without preserving order. */
    void send(Runnable arrival) {
        int times = loses() ? 0 : repeats() ? 2 : 1;
        for (int time = 0; time < times; time++) {
            timer.in(delayMillis(), arrival);
        }
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
