package io.limitledger.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.CalendarPeriod.Unit;
import io.limitledger.core.state.OffsetChange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneOffsetsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void shouldBeginWithTheOffsetThatHoldsAndGoOnWithEachChange() {
        // when
        List<OffsetChange> offsets = ZoneOffsets.of(BERLIN, NOW);

        // then
        assertThat(offsets)
                .startsWith(
                        change("2026-10-25T01:00:00Z", 3_600),
                        change("2027-03-28T01:00:00Z", 7_200),
                        change("2027-10-31T01:00:00Z", 3_600));
        assertThat(offsets).hasSize(51);
    }

    @Test
    void shouldBeTheSameUntilTheNextChange() {
        // when
        List<OffsetChange> later = ZoneOffsets.of(BERLIN, NOW.plus(30, ChronoUnit.DAYS));

        // then
        assertThat(later).isEqualTo(ZoneOffsets.of(BERLIN, NOW));
        assertThat(ZoneOffsets.of(BERLIN, Instant.parse("2026-10-25T01:00:00Z")))
                .isEqualTo(later);
    }

    @Test
    void shouldNeedNoOffsetsForUtcAndOneForAZoneThatNeverChanges() {
        // when
        List<OffsetChange> utc = ZoneOffsets.of(ZoneId.of("UTC"), NOW);
        List<OffsetChange> fixed = ZoneOffsets.of(requireNonNull(ZoneOffsets.zone("+05:45")), NOW);

        // then
        assertThat(utc).isEmpty();
        assertThat(fixed).containsExactly(new OffsetChange(0, 20_700));
    }

    @Test
    void shouldKnowNoZoneOfAnotherName() {
        assertThat(List.of("Mars", "", "europe/berlin", "25:00")).allMatch(name -> ZoneOffsets.zone(name) == null);
    }

    /** With what the periods make of them, against the calendar of the JDK: each zone, a day of each month in 25 years. */
    @Test
    void shouldEndTheDaysOfEachZoneAsItsCalendarDoes() {
        for (String name : ZoneId.getAvailableZoneIds()) {
            // given
            ZoneId zone = ZoneId.of(name);
            List<OffsetChange> offsets = ZoneOffsets.of(zone, NOW);
            CalendarPeriod day = new CalendarPeriod(Unit.DAY, name, 0, offsets);
            assertThat(offsets).describedAs(name).hasSizeLessThanOrEqualTo(Bounds.OFFSET_CHANGES);

            for (LocalDate date = LocalDate.of(2026, 12, 1); date.getYear() < 2051; date = date.plusDays(29)) {
                // when
                ZonedDateTime noon = date.atTime(12, 0).atZone(zone);
                long end = day.stretchEnd(noon.toInstant().toEpochMilli());

                // then
                assertThat(Instant.ofEpochMilli(end))
                        .describedAs("%s in %s", date, name)
                        .isEqualTo(date.plusDays(1).atStartOfDay(zone).toInstant());
            }
        }
    }

    private static OffsetChange change(String at, int offsetSeconds) {
        return new OffsetChange(Instant.parse(at).toEpochMilli(), offsetSeconds);
    }
}
