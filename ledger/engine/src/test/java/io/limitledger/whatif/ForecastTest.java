package io.limitledger.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limitledger.audit.ProgressListener;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.whatif.Clients.Habits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is foretold, beside what happens in a world with the same clients and the other definition. */
class ForecastTest {
    private static final long MILLIS = Duration.ofMinutes(40).toMillis();
    private static final Span SPAN = new Span(Clients.START + MILLIS / 10, Clients.START + MILLIS);

    @Test
    void whoComesByThemselvesWaitAsForetold() {
        // given: 20 slots wanted on average
        Habits habits = new Habits(500, 10_000, 60_000, 0, List.of());

        for (long limit : new long[] {18, 20, 22, 25, 30, 40}) {
            // when
            Figures foretold = foretold(habits, 20, limit, 7);
            Figures happened = actual(habits, limit, 7);

            // then
            show("20 -> " + limit + ", open", foretold, happened);
            assertThat(foretold.waits().p50Millis())
                    .as("p50 of %d", limit)
                    .isCloseTo(
                            happened.waits().p50Millis(),
                            within(slack(happened.waits().p50Millis())));
            assertThat(foretold.waits().p99Millis())
                    .as("p99 of %d", limit)
                    .isCloseTo(
                            happened.waits().p99Millis(),
                            within(slack(happened.waits().p99Millis())));
            assertThat(foretold.gaveUp() + foretold.denied())
                    .as("left of %d", limit)
                    .isCloseTo(
                            happened.gaveUp() + happened.denied(),
                            within(5 + (happened.gaveUp() + happened.denied()) / 5));
        }
    }

    @Test
    void denialsAreAsForetold() {
        // given
        Habits habits = new Habits(500, 10_000, 0, 0, List.of());

        for (long limit : new long[] {10, 15, 25, 30}) {
            // when
            Figures foretold = foretold(habits, 20, limit, 11);
            Figures happened = actual(habits, limit, 11);

            // then
            show("20 -> " + limit + ", no wait", foretold, happened);
            assertThat(foretold.denials()).isCloseTo(happened.denials(), within(20 + happened.denials() / 10));
            assertThat(foretold.meanOccupied())
                    .isCloseTo(happened.meanOccupied(), within(happened.meanOccupied() / 20));
        }
    }

    @Test
    void whoAsksAgainIsForetoldWrongly() {
        // given: 40 who come back as soon as they are done, for 20 slots; with more slots they come more often, which
        // no log knows
        Habits habits = new Habits(0, 10_000, 60_000, 40, List.of());

        // when
        Figures foretold = foretold(habits, 20, 30, 13);
        Figures happened = actual(habits, 30, 13);

        // then
        show("20 -> 30, closed", foretold, happened);
        assertThat(foretold.waits().p50Millis()).isLessThan(happened.waits().p50Millis());
        assertThat(foretold.grantedPerHour()).isLessThan(happened.grantedPerHour());
    }

    private static long slack(long millis) {
        return 100 + millis / 10;
    }

    private static Figures foretold(Habits habits, long held, long asked, long seed) {
        List<LogEntry> log = Clients.log(habits, held, held, SPAN.from(), seed, MILLIS);
        DefinitionChange change = new DefinitionChange(asked, null, null, null, null);
        return WhatIf.of("database", new HeapRecords(), log.iterator(), SPAN, log.size())
                .under(change, ProgressListener.NONE)
                .figures();
    }

    private static Figures actual(Habits habits, long limit, long seed) {
        List<LogEntry> log = Clients.log(habits, 20, limit, SPAN.from(), seed, MILLIS);
        return WhatIf.of("database", new HeapRecords(), log.iterator(), SPAN, log.size())
                .actual();
    }

    private static void show(String what, Figures foretold, Figures happened) {
        System.out.printf(
                "%-18s p50 %d / %d ms, p99 %d / %d ms, denied %d / %d, gave up %d / %d, occupied %.2f / %.2f%n",
                what,
                foretold.waits().p50Millis(),
                happened.waits().p50Millis(),
                foretold.waits().p99Millis(),
                happened.waits().p99Millis(),
                foretold.denials(),
                happened.denials(),
                foretold.gaveUp(),
                happened.gaveUp(),
                foretold.meanOccupied(),
                happened.meanOccupied());
    }
}
