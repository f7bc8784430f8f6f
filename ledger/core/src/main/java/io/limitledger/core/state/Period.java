package io.limitledger.core.state;

/**
 * The time within which the slots of a quota may be taken. It is cut into stretches; what is taken in one returns together.
 */
public sealed interface Period permits SlidingPeriod, CalendarPeriod {
    /** End of the stretch that contains a time; later than it. Both in epoch milliseconds. */
    long stretchEnd(long at);

    /** When that returns which was taken in a stretch. Both in epoch milliseconds. */
    long returnsAt(long stretchEnd);

    /** Whether it goes by the broker's clock, and not by the partition's time. */
    boolean isCalendar();

    /** Whether what counts against this one counts against the other as well. */
    boolean isSameAs(Period other);
}
