package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.command.TakeSlots;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients are gone, or their outcome is unknown, and only this gateway knows the ids. */
class GivingBackTest extends LeasesFixture {
    private static final Duration LONG_ABSENCE = Duration.ofMinutes(3);

    private final LossyLedger port = new LossyLedger(ledger);
    private final Leases lossy = new Leases(port, ledger, timer);

    @Test
    void whatWasGrantedComesBackWhenTheLedgerDoes() {
        // given
        Acquisition acquisition = Acquisition.of(List.of("a"), 1, 10 * MINUTE, 0, null);
        port.loseAnswers(command -> true);
        CompletableFuture<Outcome> asked = lossy.acquire(acquisition);
        port.loseCommands(command -> true);
        lossy.giveUp(acquisition);
        advance(LONG_ABSENCE);
        double occupiedMeanwhile = occupied("a");

        // when
        port.loseCommands(command -> false);
        advance(Duration.ofMillis(GivingBack.LONGEST_PAUSE_MILLIS));

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        assertThat(occupiedMeanwhile).isEqualTo(1.0);
        assertThat(occupied("a")).isZero();
    }

    @Test
    void whatIsStillToBeGrantedNeverIs() {
        // given
        Acquisition acquisition = Acquisition.of(List.of("a"), 1, 10 * MINUTE, 0, null);

        // when
        lossy.giveUp(acquisition);
        lossy.acquire(acquisition).join();

        // then
        assertThat(occupied("a")).isZero();
    }

    @Test
    void onlyTheLimitsThatWereAskedAreReleased() {
        // given
        hold("b");
        Acquisition acquisition = all(MINUTE);
        CompletableFuture<Outcome> waiting = lossy.acquire(acquisition);
        int before = ledger.sent().size();

        // when
        lossy.giveUp(acquisition);

        // then
        assertThat(waiting.join().isHeld()).isFalse();
        assertThat(occupied()).containsExactly(0.0, 1.0, 0.0);
        assertThat(waiting("b")).isEmpty();
        assertThat(sentSince(before)).extracting(command -> command.limit()).containsExactly("a", "b");
    }

    @Test
    void aLeaseIsFollowedToTheNewNameOfItsLimit() {
        // given
        UUID leaseId = hold("a").leases().get(0).leaseId();
        ledger.send(new RenameLimit("a", "other")).join();

        // when
        lossy.giveUp(new Acquisition(List.of("a"), 1, 10 * MINUTE, 0, null, leaseId));

        // then
        assertThat(occupied("other")).isZero();
    }

    @Test
    void slotsWithoutALeaseComeBackWhenTheLedgerDoes() {
        // given
        port.loseAnswers(TakeSlots.class::isInstance);
        port.loseCommands(command -> !(command instanceof TakeSlots));
        CompletableFuture<Outcome> asked = lossy.take(List.of("a"), 1, 0, null).outcome();
        advance(LONG_ABSENCE);
        double occupiedMeanwhile = occupied("a");

        // when
        port.loseCommands(command -> false);
        advance(Duration.ofMillis(GivingBack.LONGEST_PAUSE_MILLIS));

        // then
        assertThatThrownBy(asked::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        assertThat(occupiedMeanwhile).isEqualTo(1.0);
        assertThat(occupied("a")).isZero();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        // given
        GivingBack givingBack = new GivingBack(ledger, timer);
        port.loseCommands(command -> true);
        for (int lease = 0; lease < GivingBack.MOST; lease++) {
            givingBack.release(port, new UUID(1, lease), List.of("a"));
        }

        // when
        givingBack.release(port, new UUID(2, 2), List.of("a"));

        // then
        assertThat(givingBack.underWay()).isEqualTo(GivingBack.MOST);
    }

    @Test
    void slotsWithoutALeaseAreReturnedOnce() {
        // given
        RunningTake take = lossy.take(List.of("a", "b"), 1, 0, null);
        put("a", 2);
        limits.take(List.of("a"), 1, 0, null);

        // when
        take.giveUp();
        take.giveUp();

        // then
        assertThat(occupied()).containsExactly(1.0, 0.0, 0.0);
    }
}
