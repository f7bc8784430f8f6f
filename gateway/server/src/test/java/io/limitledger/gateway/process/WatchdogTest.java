package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final List<String> done = new ArrayList<>();
    private boolean helps = true;
    private long nanos;
    private final Watchdog watchdog =
            new Watchdog(List.of(remedy("ledger"), remedy("broker"), remedy("end")), () -> nanos);

    @Test
    void shouldLeaveAloneWhatHasNotStoodStillForLong() {
        // when
        standStillFor(Watchdog.PATIENCE.minusSeconds(1));

        // then
        assertThat(done).isEmpty();
    }

    @Test
    void shouldTryTheMildestRemedyFirstAndTheNextIfItDoesNotHelp() {
        // when
        standStillFor(Watchdog.PATIENCE);

        // then
        assertThat(done).containsExactly("ledger");
        standStillFor(Watchdog.PATIENCE);
        standStillFor(Watchdog.PATIENCE);
        assertThat(done).containsExactly("ledger", "broker", "end");
    }

    @Test
    void shouldTryTheNextRemedyAtOnceIfOneCannotBeDone() {
        // given
        helps = false;

        // when
        standStillFor(Watchdog.PATIENCE);

        // then
        assertThat(done).containsExactly("ledger", "broker", "end");
    }

    @Test
    void shouldBeginAgainWithTheMildestOnceAllWasWell() {
        // given
        standStillFor(Watchdog.PATIENCE);

        // when
        watchdog.works();
        standStillFor(Watchdog.PATIENCE);

        // then
        assertThat(done).containsExactly("ledger", "ledger");
    }

    /** Such as a ledger that joins its group again and again, and never decides. */
    @Test
    void shouldGoOnToTheNextRemedyWhereSomethingMovesButNothingIsDecided() {
        // given
        standStillFor(Watchdog.PATIENCE);

        // when
        watchdog.moves();
        standStillFor(Watchdog.PATIENCE);

        // then
        assertThat(done).containsExactly("ledger", "broker");
    }

    private void standStillFor(Duration duration) {
        nanos += duration.toNanos();
        watchdog.standsStill("stuck");
    }

    private Watchdog.Remedy remedy(String name) {
        return new Watchdog.Remedy(name, () -> {
            done.add(name);
            return helps;
        });
    }
}
