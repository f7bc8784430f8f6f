package io.limitledger.gateway.prefect.v2;

import java.util.function.DoubleSupplier;

/**
 * Spreads those who wait for the same thing: an exponential distribution cut off at both ends, so that a time becomes
 * 0.75 to 1.3 times itself, and stays the same on average.
 */
final class Jitter {
    private static final double LONGEST = 1.3;

    /** Leaves as much below as the other cuts off above. */
    private static final double SHORTEST = Math.log(Math.pow(2, LONGEST) / (Math.pow(2, LONGEST) - 1)) / Math.log(2);

    private static final double FROM = 1 - Math.exp(-SHORTEST);
    private static final double TO = 1 - Math.exp(-LONGEST);

    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    Jitter(DoubleSupplier random) {
        this.random = random;
    }

    double around(double seconds) {
        double place = FROM + random.getAsDouble() * (TO - FROM);
        return -Math.log(1 - place) * seconds;
    }
}
