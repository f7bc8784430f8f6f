package io.limitledger.core.state;

/**
 * A period that ends now, whenever that is: in no time of this length are more slots taken than the quota has. It is cut
 * into at least {@value #STRETCHES} stretches. What is taken in one returns when all of it is long enough ago: up to a
 * stretch late, and never early.
 *
 * @param seconds 1 to {@link Bounds#LONGEST_PERIOD_SECONDS}
 */
public record SlidingPeriod(long seconds) implements Period {
    /** Few enough for a limit's record, and what is lost by returning late is less than a sixtieth. */
    static final int STRETCHES = 60;

    @Override
    public long stretchEnd(long at) {
        long stretch = seconds * 1_000 / STRETCHES;
        return (Math.floorDiv(at, stretch) + 1) * stretch;
    }

    @Override
    public long returnsAt(long stretchEnd) {
        return stretchEnd + seconds * 1_000;
    }

    @Override
    public boolean isCalendar() {
        return false;
    }

    @Override
    public boolean isSameAs(Period other) {
        return equals(other);
    }
}
