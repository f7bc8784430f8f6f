package io.limitledger.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.RecordedLog.Live;
import io.limitledger.audit.Replay.LimitThen;
import io.limitledger.core.state.LedgerState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a replay tells is what was. The live state was written down while the ledger ran, with all of its restarts, at
 * instants that follow from the seed; it is the state after the last command decided by then, just as a replay's is that after
 * the last event by then.
 */
@Tag("long")
class ReplayTest {
    private static final int LIMITS = 10;
    private static final int COMMANDS = 3_000;
    private static final String ONE = "limit 7";

    private static RecordedLog recorded;

    private final RecordedLog log = recorded.copy();

    @BeforeAll
    static void record() {
        recorded = Recording.of(2, LIMITS, COMMANDS);
    }

    @Test
    void tellsTheStateThatWasRecordedLiveAtTwentyInstants() {
        assertThat(log.snapshots).hasSize(20);
        log.snapshots.forEach((instant, live) -> {
            // when
            Replay replay = replay(new ReplayScope(instant, Map.of(), Set.of()));

            // then
            assertThat(replay.limits()).as("at %s", instant).isEqualTo(live.limits());
            assertThat(replay.findings().all()).isEmpty();
        });
    }

    @Test
    void tellsTheStateAfterTheLastEventOfAnInstantWhereTheClockSteps() {
        for (long seed = 1; seed <= 5; seed++) {
            RecordedLog stepping = Recording.stepping(seed, LIMITS, COMMANDS / 3);
            assertThat(stepping.snapshots).isNotEmpty();
            stepping.snapshots.forEach((instant, live) -> {
                // when
                Replay replay =
                        new Replay(new ReplayScope(instant, Map.of(), Set.of()), ProgressListener.NONE).run(stepping);

                // then
                assertThat(replay.limits()).as("at %s", instant).isEqualTo(live.limits());
                assertThat(replay.findings().all()).isEmpty();
            });
        }
    }

    @Test
    void tellsTheStateAfterAnEvent() {
        for (Live live : log.snapshots.values()) {
            // when
            Replay replay = replay(new ReplayScope(LedgerState.NEVER, Map.of(0, live.events() - 1L), Set.of()));

            // then
            assertThat(replay.limits()).isEqualTo(live.limits());
            assertThat(replay.events()).isEqualTo(live.events());
        }
    }

    @Test
    void tellsOneLimitAsItTellsAll() {
        log.snapshots.forEach((instant, live) -> {
            // when
            Replay replay = replay(ReplayScope.of(ONE, instant));

            // then
            assertThat(replay.limits()).isEqualTo(only(ONE, live.limits()));
        });
    }

    @Test
    void readsNothingOfOtherLimitsThanThoseAskedFor() {
        // given
        log.events.replaceAll(event -> new String(event.key(), UTF_8).equals(ONE) ? event : event.with(new byte[1]));

        // when
        Replay replay = replay(ReplayScope.of(ONE, LedgerState.NEVER));

        // then
        assertThat(replay.findings().all()).isEmpty();
        assertThat(replay.limits()).hasSize(1);
    }

    @Test
    void tellsThatTheEventsAreBroken() {
        // given
        log.events.remove(log.events.size() / 2);

        // when
        Replay replay = replay(ReplayScope.ALL);

        // then
        assertThat(replay.findings().all()).extracting(Finding::kind).contains(Finding.Kind.MISSING);
    }

    @Test
    void tellsHowFarItHasCome() {
        // given
        double[] share = new double[1];

        // when
        new Replay(ReplayScope.ALL, (events, done) -> {
                    assertThat(done).isEqualTo((double) events / log.events.size());
                    share[0] = done;
                })
                .run(log);

        // then
        assertThat(share[0]).isPositive();
    }

    private Replay replay(ReplayScope scope) {
        return new Replay(scope, ProgressListener.NONE).run(log);
    }

    private static List<LimitThen> only(String name, List<LimitThen> limits) {
        return limits.stream()
                .filter(then -> then.limit().limit().name().equals(name))
                .toList();
    }
}
