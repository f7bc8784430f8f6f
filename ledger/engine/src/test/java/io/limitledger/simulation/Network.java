package io.limitledger.simulation;

import io.limitledger.timer.Timer;
import java.util.Random;

/** What lies between processes: it delays, loses and repeats. */
final class Network {
    /** A message that does not arrive. */
    static final long LOST = -1;

    private static final int USUAL_MILLIS = 4;
    private static final int LONGEST_MILLIS = 3_000;

    private final Timer timer;
    private final Random random;
    private Weather weather;

    Network(Timer timer, Random random, Weather weather) {
        this.timer = timer;
        this.random = random;
        this.weather = weather;
    }

    void become(Weather weather) {
        this.weather = weather;
    }

    Weather weather() {
        return weather;
    }

    /** Milliseconds on the way, or {@link #LOST}. */
    long wayMillis() {
        return happens(weather.loss()) ? LOST : delayMillis();
    }

    long delayMillis() {
        return random.nextInt(happens(weather.slow()) ? LONGEST_MILLIS : USUAL_MILLIS);
    }

    boolean loses() {
        return happens(weather.loss());
    }

    boolean repeats() {
        return happens(weather.repeats());
    }

    /** In no order. */
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
