package io.limitledger.holder;

import static io.limitledger.holder.FakeTransport.HELD;
import static io.limitledger.holder.FakeTransport.Kind.ACQUIRE;
import static io.limitledger.holder.FakeTransport.Kind.RELEASE;
import static io.limitledger.holder.FakeTransport.Kind.RENEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.holder.FakeTransport.Question;
import io.limitledger.holder.PendingAcquire.Grant;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingAcquireTest {
    private static final AcquireRequest AT_ONCE = AcquireRequest.of(List.of("database"), 60_000);
    private static final AcquireRequest WAITING = AT_ONCE.waitingUpTo(Duration.ofSeconds(30));

    private final VirtualTimer timer = new VirtualTimer();
    private final FakeTransport transport = new FakeTransport();
    private final Releaser releaser = new Releaser(transport, timer);
    private PendingAcquire acquire;
    private CompletableFuture<Grant> result;

    @Test
    void shouldGrantUnderAnIdThatContainsThePartition() {
        // given
        start(WAITING);

        // when
        Question asked = transport.next(ACQUIRE);
        asked.answer(HELD);

        // then
        assertThat(result).isCompletedWithValue(new Grant(asked.leaseId(), 0));
        assertThat(asked.waitMillis()).isEqualTo(30_000);
        assertThat(LeaseIds.likelyPartition(asked.leaseId(), 7)).isEqualTo(LeaseIds.partition("database", 7));
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldRetryWithTheSameIdAndTheRemainingWait() {
        // given
        start(WAITING);
        Question first = transport.next(ACQUIRE);
        timer.pass(10_000);

        // when
        first.lose();
        timer.pass(Backoff.SHORTEST_MILLIS);

        // then
        Question second = transport.next(ACQUIRE);
        assertThat(second.leaseId()).isEqualTo(first.leaseId());
        assertThat(second.waitMillis()).isEqualTo(20_000 - Backoff.SHORTEST_MILLIS);
    }

    /** The lease counts from the first attempt, which may have been granted although its answer was lost. */
    @Test
    void shouldCountTheLeaseFromTheFirstAttempt() {
        // given
        start(WAITING);
        timer.pass(10_000);
        transport.next(ACQUIRE).lose();
        timer.pass(Backoff.SHORTEST_MILLIS);

        // when
        transport.next(ACQUIRE).answer(HELD);

        // then
        assertThat(result.join().sinceMillis()).isZero();
    }

    @Test
    void shouldRenewALateGrantBeforeReturningIt() {
        // given
        start(WAITING);
        timer.pass(20_000);
        transport.next(ACQUIRE).answer(HELD);
        assertThat(result).isNotDone();

        // when
        timer.pass(50);
        transport.next(RENEW).answer(HELD);

        // then
        assertThat(result.join().sinceMillis()).isEqualTo(20_000);
    }

    @Test
    void shouldRetryTheAcquireIfThatRenewalIsLost() {
        // given
        start(WAITING);
        Question first = transport.next(ACQUIRE);
        timer.pass(20_000);
        first.answer(HELD);

        // when
        transport.next(RENEW).lose();
        timer.pass(Backoff.SHORTEST_MILLIS);

        // then
        assertThat(transport.next(ACQUIRE).leaseId()).isEqualTo(first.leaseId());
        assertThat(result).isNotDone();
    }

    @Test
    void shouldRetryWithANewIdIfTheOldOneHasEnded() {
        // given
        start(WAITING);
        Question first = transport.next(ACQUIRE);

        // when
        first.answer(new TransportOutcome.Gone("Expected a lease id that was not used before"));
        timer.pass(Backoff.SHORTEST_MILLIS);

        // then
        Question second = transport.next(ACQUIRE);
        second.answer(HELD);
        assertThat(result).isCompletedWithValue(new Grant(second.leaseId(), 0));
        assertThat(second.leaseId()).isNotEqualTo(first.leaseId());
    }

    @Test
    void shouldReportWhenToRetry() {
        // given
        start(AT_ONCE);

        // when
        transport.next(ACQUIRE).answer(new TransportOutcome.NotFree("Expected free slots", Duration.ofMillis(250)));

        // then
        assertThatThrownBy(result::join).cause().isInstanceOfSatisfying(SlotsNotFreeException.class, notFree -> {
            assertThat(notFree).hasMessage("Expected free slots");
            assertThat(notFree.retryAfter()).isEqualTo(Duration.ofMillis(250));
        });
        assertThat(transport.unread()).isZero();
    }

    /** The first attempt may still be in transit, and be granted. */
    @Test
    void shouldReleaseIfTheSecondAttemptIsDenied() {
        // given
        start(WAITING);
        Question first = transport.next(ACQUIRE);
        first.lose();
        timer.pass(Backoff.SHORTEST_MILLIS);

        // when
        transport.next(ACQUIRE).answer(new TransportOutcome.NotFree("Expected free slots", Duration.ofMillis(250)));

        // then
        assertThat(result).isCompletedExceptionally();
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(first.leaseId());
    }

    @Test
    void shouldReportWhyItWasRefused() {
        // given
        start(AT_ONCE);

        // when
        transport.next(ACQUIRE).answer(new TransportOutcome.Refused("Expected limit 'database'"));

        // then
        assertThatThrownBy(result::join)
                .hasCauseInstanceOf(AcquireRefusedException.class)
                .hasMessageContaining("Expected limit 'database'");
    }

    @Test
    void shouldSurviveAShortOutageWithoutAWait() {
        // given
        transport.answering(question -> timer.nowMillis() < 4_000 ? lost(question) : HELD);

        // when
        start(AT_ONCE);
        timer.pass(5_000);

        // then
        assertThat(result).isCompleted();
    }

    @Test
    void shouldGiveUpAndCancelIfNoAnswerComes() {
        // given
        start(WAITING);
        UUID leaseId = loseAllFor(29_900);
        assertThat(result).isNotDone();

        // when
        loseAllFor(1_100);

        // then
        assertThatThrownBy(result::join)
                .hasCauseInstanceOf(LedgerUnreachableException.class)
                .hasMessageContaining("limit 'database', but")
                .hasMessageContaining("the connection was lost");
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(leaseId);
    }

    @Test
    void shouldReleaseNothingIfNoAttemptWasSent() {
        // given
        start(AT_ONCE);
        transport.next(ACQUIRE).failToConnect();
        timer.pass(PendingAcquire.PATIENCE_MILLIS);

        // when
        transport.last().failToConnect();

        // then
        assertThat(result).isCompletedExceptionally();
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldCancelByIdEvenIfAlreadyGranted() {
        // given
        start(WAITING);
        Question asked = transport.next(ACQUIRE);

        // when
        acquire.giveUp(new IllegalStateException("enough"));
        asked.answer(HELD);

        // then
        assertThat(result).isCompletedExceptionally();
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(asked.leaseId());
        assertThat(transport.unread()).isZero();
    }

    /** Over another connection the acquire may be decided after the release, which then found nothing to release. */
    @Test
    void shouldReleaseAgainIfGrantedAfterTheRelease() {
        // given
        start(WAITING);
        Question asked = transport.next(ACQUIRE);
        acquire.cancel();
        transport.next(RELEASE).answer(HELD);

        // when
        asked.answer(HELD);

        // then
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(asked.leaseId());
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldCountAsReleasedOnlyWhenTheAcquireHasEnded() {
        // given
        start(WAITING);
        Question asked = transport.next(ACQUIRE);
        transport.answering(question -> question.kind() == RELEASE ? HELD : null);
        acquire.cancel();
        CompletableFuture<Void> released = releaser.all();
        assertThat(released).isNotDone();

        // when
        asked.answer(HELD);

        // then
        assertThat(released).isCompleted();
    }

    @Test
    void shouldRetryTheCancelUntilItIsConfirmed() {
        // given
        start(WAITING);
        transport.next(ACQUIRE);
        acquire.giveUp(new IllegalStateException("enough"));

        // when
        transport.next(RELEASE).lose();
        timer.pass(Backoff.SHORTEST_MILLIS);
        transport.next(RELEASE).answer(HELD);
        timer.pass(1_000_000);

        // then
        assertThat(transport.unread()).isZero();
    }

    private void start(AcquireRequest request) {
        acquire = new PendingAcquire(request, transport, timer, releaser);
        result = acquire.start();
    }

    /** Lets time pass while every answer is lost; returns the id of the attempts. */
    private UUID loseAllFor(long millis) {
        UUID leaseId = null;
        long untilMillis = timer.nowMillis() + millis;
        while (timer.nowMillis() < untilMillis && !result.isDone()) {
            if (transport.unread() > 0) {
                Question asked = transport.next(ACQUIRE);
                assertThat(leaseId == null || leaseId.equals(asked.leaseId())).isTrue();
                leaseId = asked.leaseId();
                asked.lose();
            }
            timer.pass(Math.min(10, untilMillis - timer.nowMillis()));
        }
        return leaseId;
    }

    private static TransportOutcome lost(Question question) {
        question.lose();
        return HELD;
    }
}
