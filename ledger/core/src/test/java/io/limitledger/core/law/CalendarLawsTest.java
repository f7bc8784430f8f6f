package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.CalendarPeriod.Unit;
import io.limitledger.core.state.OffsetChange;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The periods of a calendar end when {@code java.time} says so: in 200 zones, for 30 years, at each change of an offset. */
class CalendarLawsTest {
    private static final Instant FROM = Instant.parse("2011-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2041-01-01T00:00:00Z");
    private static final int SEEDS = Integer.getInteger("laws.seeds", 200);

    @Test
    void periodsEndAsInTheCalendar() {
        for (ZoneId zone : zones()) {
            List<OffsetChange> offsets = offsets(zone);
            for (Unit unit : Unit.values()) {
                for (int atMinutes : unit.compareTo(Unit.DAY) < 0 ? List.of(0) : List.of(0, 8 * 60, 2 * 60 + 30)) {
                    CalendarPeriod period = new CalendarPeriod(unit, zone.getId(), atMinutes, offsets);
                    for (long at : times(zone, atMinutes)) {
                        assertThat(Instant.ofEpochMilli(period.stretchEnd(at)))
                                .as(
                                        "end of the %s from %d minutes on, of %s in %s",
                                        unit, atMinutes, Instant.ofEpochMilli(at), zone)
                                .isEqualTo(end(at, unit, atMinutes, zone));
                    }
                }
            }
        }
    }

    /** The oracle finds offsets that are wrong by a change. */
    @Test
    void findsAMissingChange() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        List<OffsetChange> offsets = new ArrayList<>(offsets(zone));
        OffsetChange summer = offsets.remove(20);
        CalendarPeriod period = new CalendarPeriod(Unit.DAY, zone.getId(), 0, offsets);

        assertThat(Instant.ofEpochMilli(period.stretchEnd(summer.at() + 86_400_000)))
                .isNotEqualTo(end(summer.at() + 86_400_000, Unit.DAY, 0, zone));
    }

    @Test
    void theLastOffsetHolds() {
        CalendarPeriod period = new CalendarPeriod(Unit.DAY, "Europe/Berlin", 0, List.of(new OffsetChange(0, 3_600)));

        long end = period.stretchEnd(Instant.parse("2090-07-01T12:00:00Z").toEpochMilli());

        assertThat(Instant.ofEpochMilli(end)).isEqualTo(Instant.parse("2090-07-01T23:00:00Z"));
    }

    private static List<ZoneId> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .sorted()
                .map(ZoneId::of)
                .collect(java.util.stream.Collectors.collectingAndThen(java.util.stream.Collectors.toList(), all -> {
                    // All zones with odd rules, and every third of the others.
                    List<ZoneId> some = new ArrayList<>();
                    for (int index = 0; index < all.size(); index += SEEDS >= 200 ? 2 : 12) {
                        some.add(all.get(index));
                    }
                    for (String odd : List.of(
                            "Australia/Lord_Howe",
                            "Pacific/Apia",
                            "Africa/Casablanca",
                            "America/Sao_Paulo",
                            "Asia/Kathmandu",
                            "America/Havana",
                            "Asia/Tehran",
                            "Europe/Berlin")) {
                        some.add(ZoneId.of(odd));
                    }
                    return some;
                }));
    }

    /** What a client that defines a limit computes. */
    static List<OffsetChange> offsets(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<OffsetChange> offsets = new ArrayList<>();
        offsets.add(new OffsetChange(
                FROM.minusSeconds(86_400 * 60).toEpochMilli(),
                rules.getOffset(FROM.minusSeconds(86_400 * 60)).getTotalSeconds()));
        Instant at = FROM.minusSeconds(86_400 * 60);
        while (true) {
            ZoneOffsetTransition next = rules.nextTransition(at);
            if (next == null || next.getInstant().isAfter(UNTIL.plusSeconds(86_400 * 60))) {
                return offsets;
            }
            at = next.getInstant();
            offsets.add(
                    new OffsetChange(at.toEpochMilli(), next.getOffsetAfter().getTotalSeconds()));
        }
    }

    /** Random times, and those around each change of the offset, around midnight, and on leap days. */
    private static List<Long> times(ZoneId zone, int atMinutes) {
        Random random = new Random(zone.getId().hashCode() + atMinutes);
        List<Long> times = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            times.add(
                    FROM.toEpochMilli() + (long) (random.nextDouble() * (UNTIL.toEpochMilli() - FROM.toEpochMilli())));
        }
        times.add(Instant.parse("2024-02-29T11:59:59.999Z").toEpochMilli());
        times.add(LocalDate.of(2028, 3, 1).atStartOfDay(zone).toInstant().toEpochMilli() - 1);
        times.add(LocalDate.of(2030, 12, 31)
                .atTime(23, 59, 59)
                .atZone(zone)
                .toInstant()
                .toEpochMilli());
        ZoneOffsetTransition next = zone.getRules().nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(UNTIL)) {
            long at = next.getInstant().toEpochMilli();
            for (long around :
                    new long[] {-86_400_000, -3_600_001, -1_800_000, -1, 0, 1, 1_799_999, 3_600_000, 5_000_000}) {
                times.add(at + around);
            }
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return times;
    }

    /** The first begin of a period that is later. */
    private static Instant end(long at, Unit unit, int atMinutes, ZoneId zone) {
        ZonedDateTime now = Instant.ofEpochMilli(at).atZone(zone);
        if (unit.compareTo(Unit.DAY) < 0) {
            return steps(now, unit == Unit.HOUR ? ChronoUnit.HOURS : ChronoUnit.MINUTES, zone);
        }
        LocalDate day = firstDay(now.toLocalDate().minusDays(40), unit);
        while (true) {
            Instant begin = begin(day.atTime(LocalTime.MIN.plusMinutes(atMinutes)), zone);
            if (begin.toEpochMilli() > at) {
                return begin;
            }
            day = firstDay(day.plusDays(unit == Unit.MONTH ? 32 : unit == Unit.WEEK ? 7 : 1), unit);
        }
    }

    /** By the offset that holds; where it changes before the end, by the new one from there on. */
    private static Instant steps(ZonedDateTime now, ChronoUnit unit, ZoneId zone) {
        Instant end = now.toOffsetDateTime().truncatedTo(unit).plus(1, unit).toInstant();
        ZoneOffsetTransition next = zone.getRules().nextTransition(now.toInstant());
        if (next == null || !next.getInstant().isBefore(end)) {
            return end;
        }
        LocalDateTime after = next.getDateTimeAfter();
        LocalDateTime step = after.truncatedTo(unit).equals(after)
                ? after
                : after.truncatedTo(unit).plus(1, unit);
        return step.toInstant(next.getOffsetAfter());
    }

    private static LocalDate firstDay(LocalDate date, Unit unit) {
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            default -> date;
        };
    }

    /** A time that the day lacks counts as the first that it has; of two the first. */
    private static Instant begin(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        if (gap != null && gap.isGap()) {
            return gap.getInstant();
        }
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        return local.toInstant(valid.get(0));
    }
}
