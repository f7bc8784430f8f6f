package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Denied;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Commands and answers that are lost on the way. */
class LeasesFailureTest extends LeasesFixture {
    private final LossyLedger port = new LossyLedger(ledger);
    private final Leases lossy = new Leases(port, ledger, timer);

    @Test
    void goesOnWhereOnlyTheAnswerWasLost() {
        // given
        port.loseAnswers(is(AcquireLease.class, "b"));

        // when
        Outcome outcome = lossy.acquire(all(0)).join();

        // then
        assertThat(outcome.isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void givesBackWhereTheCommandWasLost() {
        // given
        port.loseCommands(is(AcquireLease.class, "b"));

        // when
        CompletableFuture<Outcome> asked = lossy.acquire(all(0));

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void leavesItToTheShortLeaseWhereNothingIsHeard() {
        // given
        port.loseAnswers(is(AcquireLease.class, "b").or(is(CancelAcquire.class, "b")));

        // when
        CompletableFuture<Outcome> asked = lossy.acquire(all(0));

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        advance(Duration.ofMillis(PartKeeper.SHORT_LEASE_MILLIS));
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void canBeRepeatedAfterThat() {
        // given
        Acquisition acquisition = all(0);
        port.loseAnswers(is(AcquireLease.class, "b").or(is(CancelAcquire.class, "b")));
        CompletableFuture<Outcome> asked = lossy.acquire(acquisition);

        // when
        Outcome again = limits.acquire(acquisition).join();

        // then
        assertThat(asked).isCompletedExceptionally();
        assertThat(again.isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void canBeRepeatedIfTheLastStepIsUnknown() {
        // given
        Acquisition acquisition = all(0);
        port.loseAnswers(is(RenewLease.class, "c"));
        CompletableFuture<Outcome> asked = lossy.acquire(acquisition);

        // when
        Outcome again = limits.acquire(acquisition).join();

        // then
        assertThat(asked).isCompletedExceptionally();
        assertThat(again.isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void givesBackWhereTheNextCouldNotBeSent() {
        // given
        port.refuse(is(AcquireLease.class, "b"));

        // when
        CompletableFuture<Outcome> asked = lossy.acquire(all(0));

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(TooManyInFlightException.class);
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void anIdThatWasGivenBackIsSpent() {
        // given
        hold("b");
        Acquisition acquisition = all(0);
        Outcome denied = limits.acquire(acquisition).join();

        // when
        Outcome again = limits.acquire(acquisition).join();

        // then
        assertThat(denied.reply()).isInstanceOf(Denied.class);
        assertThat(again.isHeld()).isFalse();
        assertThat(again.limit()).isEqualTo("a");
        assertThat(occupied()).containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void takesWithoutALeaseWhereOnlyTheAnswerWasLost() {
        // given
        port.loseAnswers(is(TakeSlots.class, "b"));

        // when
        Outcome outcome = lossy.take(List.of("a", "b"), 1, 0, null).outcome().join();

        // then
        assertThat(outcome.isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 0.0);
    }

    @Test
    void returnsWhatItTookWhereTheCommandWasLost() {
        // given
        port.loseCommands(is(TakeSlots.class, "b"));

        // when
        CompletableFuture<Outcome> asked =
                lossy.take(List.of("a", "b"), 1, 0, null).outcome();

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    private static Predicate<LimitCommand> is(Class<? extends LimitCommand> type, String limit) {
        return command -> type.isInstance(command) && limit.equals(command.limit());
    }
}
