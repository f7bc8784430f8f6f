package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.timer.VirtualTimer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Acquiring several limits of which one keeps the request waiting. */
// Outcomes come later, and are looked at then.
@SuppressWarnings("FutureReturnValueIgnored")
class LeasesWaitingTest extends LeasesFixture {
    @Test
    void holdsTheEarlierOnesForAsLongAsItWaits() {
        // given
        UUID holder = hold("b").leases().get(0).leaseId();
        CompletableFuture<Outcome> waiting = limits.acquire(all(5 * MINUTE));

        // when
        advance(Duration.ofMinutes(4));

        // then
        assertThat(waiting).isNotDone();
        assertThat(occupied()).containsExactly(1.0, 1.0, 0.0);
        limits.release(holder);
        assertThat(waiting.join().isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void countsTheLeaseFromWhenAllAreHeld() {
        // given
        UUID holder = hold("b").leases().get(0).leaseId();
        CompletableFuture<Outcome> waiting = limits.acquire(all(5 * MINUTE));
        advance(Duration.ofMinutes(2));

        // when
        limits.release(holder);

        // then
        long end = InMemoryLedger.START.toEpochMilli() + 2 * MINUTE + MINUTE;
        assertThat(waiting.join().leases()).extracting(Lease::expiresAt).containsOnly(end);
    }

    @Test
    void spendsItsPatienceOnAllTogether() {
        // given
        UUID holdsA = hold("a").leases().get(0).leaseId();
        hold("c");
        CompletableFuture<Outcome> waiting = limits.acquire(all(30_000));
        advance(Duration.ofSeconds(20));
        limits.release(holdsA);

        // when
        advance(Duration.ofSeconds(10));

        // then
        assertThat(waiting.join().reply())
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).isEqualTo(Denied.Reason.TIMED_OUT));
        assertThat(waiting.join().limit()).isEqualTo("c");
        assertThat(occupied()).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void leavesTheLaterOnesAloneUntilTheEarlierAreHeld() {
        // given
        hold("a");

        // when
        limits.acquire(all(MINUTE));

        // then
        assertThat(waiting("a")).hasSize(1);
        assertThat(occupied()).containsExactly(1.0, 0.0, 0.0);
    }

    @Test
    void aReleaseEndsTheWaitAndGivesBackTheRest() {
        // given
        hold("b");
        Acquisition acquisition = all(MINUTE);
        CompletableFuture<Outcome> waiting = limits.acquire(acquisition);

        // when
        Outcome released = limits.release(acquisition.leaseId()).join();

        // then
        assertThat(released.reply()).isInstanceOf(Released.class);
        assertThat(waiting.join().reply()).isInstanceOf(Cancelled.class);
        assertThat(occupied()).containsExactly(0.0, 1.0, 0.0);
        assertThat(waiting("b")).isEmpty();
    }

    @Test
    void waitsNoLongerWhenAnEarlierOneIsLost() {
        // given
        hold("b");
        CompletableFuture<Outcome> waiting = limits.acquire(all(MINUTE));
        ledger.send(new DeleteLimit("a")).join();

        // when
        advance(Duration.ofMillis(PartKeeper.EVERY_MILLIS));

        // then
        assertThat(waiting.join().reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
        assertThat(waiting.join().limit()).isEqualTo("a");
        assertThat(waiting("b")).isEmpty();
    }

    @Test
    void reportsThatALimitWasDeletedMeanwhile() {
        // given
        hold("b");
        CompletableFuture<Outcome> waiting = limits.acquire(all(MINUTE));

        // when
        ledger.send(new DeleteLimit("b")).join();

        // then
        assertThat(waiting.join().reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LIMIT_DELETED));
        assertThat(waiting.join().limit()).isEqualTo("b");
        assertThat(occupied("a")).isZero();
    }

    @Test
    void whatADeadGatewayHeldComesBackSoon() {
        // given
        hold("b");
        Leases dead = new Leases(ledger, ledger, new VirtualTimer());
        dead.acquire(all(MINUTE));

        // when
        advance(Duration.ofMillis(PartKeeper.SHORT_LEASE_MILLIS));

        // then
        assertThat(occupied()).containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void sharesTheOutcomeWithARepeatAtTheSameGateway() {
        // given
        UUID holder = hold("b").leases().get(0).leaseId();
        Acquisition acquisition = all(MINUTE);
        CompletableFuture<Outcome> first = limits.acquire(acquisition);
        CompletableFuture<Outcome> repeat = limits.acquire(acquisition);

        // when
        limits.release(holder);

        // then
        assertThat(first.join()).isEqualTo(repeat.join());
        assertThat(first.join().isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void refusesAnotherRequestUnderTheIdOfOneThatWaits() {
        // given
        hold("b");
        Acquisition acquisition = all(MINUTE);
        CompletableFuture<Outcome> waiting = limits.acquire(acquisition);
        Acquisition other = new Acquisition(acquisition.names(), 2, MINUTE, 0, null, acquisition.leaseId());

        // when
        Outcome outcome = limits.acquire(other).join();

        // then
        assertThat(outcome.reply())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_ID_TAKEN));
        assertThat(waiting).isNotDone();
        assertThat(occupied("a")).isEqualTo(1.0);
    }

    /** The ledger answers only the last request. The first must not cut short, or give back, what the repeat got. */
    @Test
    void aRepeatAtAnotherGatewayKeepsWhatItGot() {
        // given
        UUID holder = hold("b").leases().get(0).leaseId();
        Acquisition acquisition = all(MINUTE);
        CompletableFuture<Outcome> first = limits.acquire(acquisition);
        Leases elsewhere = new Leases(ledger, ledger, timer);
        CompletableFuture<Outcome> repeat = elsewhere.acquire(acquisition);

        // when
        limits.release(holder);
        advance(Duration.ofSeconds(30));

        // then
        assertThat(repeat.join().isHeld()).isTrue();
        assertThat(first.join().isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void aCancelThatComesBeforeTheNextStepStopsIt() {
        // given
        Acquisition acquisition = all(MINUTE);
        ledger.send(new ReleaseLease("b", acquisition.leaseId())).join();
        int before = ledger.sent().size();

        // when
        Outcome outcome = limits.acquire(acquisition).join();

        // then
        assertThat(outcome.reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
        assertThat(sentSince(before)).filteredOn(AcquireLease.class::isInstance).hasSize(2);
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }
}
