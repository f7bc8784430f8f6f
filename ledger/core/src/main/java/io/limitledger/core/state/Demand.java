package io.limitledger.core.state;

/**
 * How long slots are held, and how many are wanted: for an estimate of when to ask again, on a limit
 * that no decay makes exact.
 *
 * @param averageOccupancySeconds running average of the time for which one slot is held
 * @param deniedSlots as an operator has set it; makes clients that are denied wait longer
 * @param deniedAt epoch milliseconds at which it was set
 */
public record Demand(double averageOccupancySeconds, long deniedSlots, long deniedAt) {
    /** What is assumed until a first lease has ended. */
    public static final double FIRST_GUESS_SECONDS = 2;

    /** The least time for which a slot is taken to be held. */
    private static final double SHORTEST_SECONDS = 0.1;

    static Demand unknown(long at) {
        return new Demand(FIRST_GUESS_SECONDS, 0, at);
    }

    /** With one more observation; the more slots a limit has, the less a single one weighs. */
    public Demand occupied(double seconds, long slots, long limit) {
        if (limit == 0) {
            return this;
        }
        double perSlot = Math.max(seconds / slots, SHORTEST_SECONDS);
        double average = averageOccupancySeconds + (perSlot - averageOccupancySeconds) / (2.0 * limit);
        return new Demand(average, deniedSlots, deniedAt);
    }

    /** The same by another clock. */
    Demand laterBy(long millis) {
        return new Demand(averageOccupancySeconds, deniedSlots, deniedAt + millis);
    }

    public Demand denied(long slots, long at) {
        return new Demand(averageOccupancySeconds, slots, at);
    }
}
