package io.limitledger.core.state;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * A period of the calendar, at whose end all slots of the quota return. The offsets of its zone are part of it, since no two
 * time-zone databases need be the same: they are computed once, by the client that defines the limit.
 *
 * <p>A day, week or month begins with the first instant at which the clocks of the zone show its first time or a later one:
 * so a time that a day lacks counts as the first that it has, and one that comes twice as its first. Minutes and hours have
 * the length that they have, by the offset that holds at the time.
 *
 * @param zone its name, for people to read; it decides nothing
 * @param atMinutes minutes after midnight at which a day, and the first day of a week or month, begins; 0 to 1439
 * @param offsets in order of time. The first holds before its time as well, the last for ever. Empty for UTC
 */
public record CalendarPeriod(Unit unit, String zone, int atMinutes, List<OffsetChange> offsets) implements Period {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    public CalendarPeriod {
        offsets = offsets == null ? List.of() : List.copyOf(offsets);
    }

    /** One in UTC, from midnight. */
    public CalendarPeriod(Unit unit) {
        this(unit, "UTC", 0, List.of());
    }

    /** What a quota is counted by; a week begins on Monday. */
    public enum Unit {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    @Override
    public long stretchEnd(long at) {
        return switch (unit) {
            case MINUTE -> stepAfter(at, MINUTE_MILLIS);
            case HOUR -> stepAfter(at, HOUR_MILLIS);
            case DAY, WEEK, MONTH -> dateAfter(at);
        };
    }

    /** Where the offset changes in between, the steps from there on are by the new one. */
    private long stepAfter(long at, long stepMillis) {
        int index = indexAt(at);
        long end = nextStep(at, stepMillis, offsetMillis(index));
        if (index + 1 < offsets.size() && offsets.get(index + 1).at() < end) {
            return nextStep(offsets.get(index + 1).at() - 1, stepMillis, offsetMillis(index + 1));
        }
        return end;
    }

    private static long nextStep(long at, long stepMillis, long offsetMillis) {
        return (Math.floorDiv(at + offsetMillis, stepMillis) + 1) * stepMillis - offsetMillis;
    }

    private long dateAfter(long at) {
        LocalDate first = firstDay(dateAt(at)).minusDays(1);
        while (true) {
            first = firstDayAfter(first);
            long begin = instantOf(first);
            if (begin > at) {
                return begin;
            }
        }
    }

    private LocalDate dateAt(long at) {
        long local = at + offsetMillis(indexAt(at));
        return LocalDate.ofEpochDay(Math.floorDiv(local, DAY_MILLIS));
    }

    private LocalDate firstDay(LocalDate date) {
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            default -> date;
        };
    }

    private LocalDate firstDayAfter(LocalDate date) {
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case MONTH -> date.plusMonths(1).withDayOfMonth(1);
            default -> date.plusDays(1);
        };
    }

    /** The first instant of a day at which the clocks show the time or a later one, in epoch milliseconds. */
    private long instantOf(LocalDate day) {
        long localMillis = day.toEpochDay() * DAY_MILLIS + atMinutes * MINUTE_MILLIS;
        for (int index = 0; index + 1 < offsets.size(); index++) {
            long at = Math.max(startOf(index), localMillis - offsetMillis(index));
            if (at < offsets.get(index + 1).at()) {
                return at;
            }
        }
        int last = offsets.size() - 1;
        return Math.max(startOf(last), localMillis - offsetMillis(last));
    }

    private long startOf(int index) {
        return index <= 0 ? Long.MIN_VALUE : offsets.get(index).at();
    }

    /** Index of the offset that holds then; -1 where none is given. */
    private int indexAt(long at) {
        int index = offsets.size() - 1;
        while (index > 0 && offsets.get(index).at() > at) {
            index--;
        }
        return index;
    }

    private long offsetMillis(int index) {
        return index < 0 ? 0 : offsets.get(index).offsetSeconds() * 1_000L;
    }

    @Override
    public long returnsAt(long stretchEnd) {
        return stretchEnd;
    }

    @Override
    public boolean isCalendar() {
        return true;
    }

    /** However long the offsets were computed in advance. */
    @Override
    public boolean isSameAs(Period other) {
        return other instanceof CalendarPeriod that
                && unit == that.unit
                && zone.equals(that.zone)
                && atMinutes == that.atMinutes;
    }
}
