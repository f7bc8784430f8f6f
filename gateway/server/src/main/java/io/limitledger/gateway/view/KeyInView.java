package io.limitledger.gateway.view;

import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A key of a limit as this gateway sees it. A key of which nothing is known uses nothing.
 *
 * @param use null if nothing is recorded of it
 * @param waiting how many wait with it
 */
public record KeyInView(String key, @Nullable KeyUse use, long waiting) {

    /** In which order keys are listed. */
    public enum Order {
        NAME,
        /** Those that occupy most come first, then those that have taken most of a quota. */
        USE
    }

    /**
     * A position in a list of keys.
     *
     * @param occupiedMicros as it was recorded last; 0 in order of names
     * @param taken slots that count against the fullest quota, as it was recorded last; 0 in order of names
     */
    public record Position(long occupiedMicros, long taken, String key) implements Comparable<Position> {
        private static final Comparator<Position> ORDER = Comparator.comparingLong(Position::occupiedMicros)
                .thenComparingLong(Position::taken)
                .reversed()
                .thenComparing(Position::key);

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }
    }

    public Position position(Order order) {
        return order == Order.NAME || use == null
                ? new Position(0, 0, key)
                : new Position(
                        use.bucket().levelMicros(),
                        use.windows().all().stream()
                                .mapToLong(Window::taken)
                                .max()
                                .orElse(0),
                        key);
    }

    boolean isUnknown() {
        return use == null && waiting == 0;
    }

    KeyInView with(@Nullable KeyUse use) {
        return new KeyInView(key, use, waiting);
    }

    KeyInView waiting(long more) {
        return new KeyInView(key, use, waiting + more);
    }

    /** Its bounds on a limit. */
    public KeyBounds bounds(Limit limit) {
        return limit.definition().boundsOf(use == null ? null : use.override());
    }

    /**
     * What it uses on a limit at a time, in epoch milliseconds. While an edit of the quotas is read in parts, what counts against
     * them is unknown.
     */
    public KeyUse use(Limit limit, long now) {
        KeyBounds bounds = bounds(limit);
        if (use == null) {
            return KeyUse.none(limit.name(), key, bounds, now, 0);
        }
        int windows = use.windows().all().size();
        return windows == 0 || windows == bounds.quotas().size() ? use : use.with(Windows.EMPTY);
    }

    /** With its times by another clock. */
    KeyInView laterBy(long millis, Limit limit) {
        return use == null ? this : with(use(limit, 0).laterBy(millis, bounds(limit)));
    }
}
