package io.limitledger.wire;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.OffsetChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of a time zone, as a {@link CalendarPeriod} carries them. A client that defines a limit computes them from the
 * time-zone data of its own Java, so that the ledger needs none: two ledgers may have different data, and must decide alike.
 */
public final class ZoneOffsets {
    /** The zone that needs no offsets. */
    public static final String UTC = "UTC";

    /** How far ahead, in years. After the last change its offset holds, until the limit is defined again. */
    private static final int YEARS = 25;

    private ZoneOffsets() {}

    /** The zone of a name such as {@code Europe/Berlin}, or of a fixed offset such as {@code +02:00}; null if none has it. */
    public static @Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The offset that holds at a time, with the time since when, and each later one up to the end of the year 25 years
     * later; so it is the same list whenever it is computed between two changes of a year. Empty for {@value #UTC}.
     */
    public static List<OffsetChange> of(ZoneId zone, Instant now) {
        if (zone.getId().equals(UTC)) {
            return List.of();
        }
        ZoneRules rules = zone.getRules();
        Instant until = endOfLastYear(now);
        List<OffsetChange> changes = new ArrayList<>();
        changes.add(current(rules, now));
        ZoneOffsetTransition next = rules.nextTransition(now);
        while (next != null && next.getInstant().isBefore(until) && changes.size() < Bounds.OFFSET_CHANGES) {
            changes.add(change(next));
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    private static Instant endOfLastYear(Instant now) {
        return now.atOffset(ZoneOffset.UTC)
                .plusYears(YEARS + 1)
                .with(ChronoField.DAY_OF_YEAR, 1)
                .with(ChronoField.NANO_OF_DAY, 0)
                .toInstant();
    }

    private static OffsetChange current(ZoneRules rules, Instant now) {
        // A change at this very instant holds already.
        ZoneOffsetTransition last = rules.previousTransition(now.plusMillis(1));
        return last == null ? new OffsetChange(0, rules.getOffset(now).getTotalSeconds()) : change(last);
    }

    private static OffsetChange change(ZoneOffsetTransition transition) {
        return new OffsetChange(
                transition.getInstant().toEpochMilli(),
                transition.getOffsetAfter().getTotalSeconds());
    }
}
