package io.limitledger.whatif;

/**
 * The time that is asked about.
 *
 * @param from epoch milliseconds, the first that counts
 * @param to epoch milliseconds, the first that no longer counts
 */
public record Span(long from, long to) {
    /** Into as many parts a curve divides it: fine enough for a chart as wide as a page. */
    public static final int PARTS = 120;

    public Span {
        if (to <= from) {
            throw new IllegalArgumentException("the time asked about must end after it begins");
        }
    }

    public long millis() {
        return to - from;
    }

    boolean holds(long at) {
        return from <= at && at < to;
    }

    /** The part of a curve in which a time within the span falls. */
    int part(long at) {
        return (int) ((at - from) * PARTS / millis());
    }

    /** When a part begins; for {@link #PARTS} the end of the span. */
    public long startOfPart(int part) {
        return from + millis() * part / PARTS;
    }
}
