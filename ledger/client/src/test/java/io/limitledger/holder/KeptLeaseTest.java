package io.limitledger.holder;

import static io.limitledger.holder.FakeTransport.HELD;
import static io.limitledger.holder.FakeTransport.Kind.RELEASE;
import static io.limitledger.holder.FakeTransport.Kind.RENEW;
import static io.limitledger.holder.FakeTransport.Kind.SETTLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.holder.FakeTransport.Question;
import io.limitledger.holder.PendingAcquire.Grant;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kept lease of one minute: renewed after 20 s, lost after 60 s if no renewal succeeds. */
class KeptLeaseTest {
    private static final AcquireRequest REQUEST = AcquireRequest.of(List.of("database"), 60_000);

    private final UUID leaseId = LeaseIds.newFor("database");
    private final VirtualTimer timer = new VirtualTimer();
    private final FakeTransport transport = new FakeTransport();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicReference<String> lost = new AtomicReference<>();
    private final KeptLease lease = new KeptLease(
            REQUEST,
            new Grant(leaseId, 0),
            transport,
            timer,
            new Releaser(transport, timer),
            ended -> ends.incrementAndGet());

    @BeforeEach
    void keep() {
        lease.onLost(lost::set);
        lease.keep();
    }

    @Test
    void shouldRenewAfterEachThirdOfItsTime() {
        // given
        timer.pass(19_999);
        assertThat(transport.unread()).isZero();

        // when
        timer.pass(1);
        transport.next(RENEW).answer(HELD);
        timer.pass(19_999);
        assertThat(transport.unread()).isZero();
        timer.pass(1);

        // then
        assertThat(transport.next(RENEW).leaseId()).isEqualTo(leaseId);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void shouldSettleAgainWhatWasNotConfirmed() {
        // given
        lease.settle(812);
        transport.next(SETTLE).lose();

        // when
        timer.pass(Backoff.SHORTEST_MILLIS);

        // then
        transport.next(SETTLE).answer(HELD);
        assertThat(transport.lastUsed()).isEqualTo(Map.of("database", 812L));
        timer.pass(19_000);
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldForgetASettlementThatAnotherHasReplaced() {
        // given
        lease.settle(812);
        lease.settle("database", 900);
        transport.next(SETTLE).lose();
        transport.next(SETTLE).answer(HELD);

        // when
        timer.pass(Backoff.LONGEST_MILLIS);

        // then
        assertThat(transport.unread()).isZero();
        assertThat(transport.lastUsed()).isEqualTo(Map.of("database", 900L));
    }

    @Test
    void shouldSayOnceMoreWithTheReleaseWhatWasUsed() {
        // given
        lease.settle(812);
        Question settlement = transport.next(SETTLE);

        // when
        CompletableFuture<Void> unused = lease.release();
        settlement.lose();
        timer.pass(Backoff.LONGEST_MILLIS);

        // then
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(leaseId);
        assertThat(transport.lastUsed()).isEqualTo(Map.of("database", 812L));
        assertThat(transport.unread()).isZero();
        assertThatThrownBy(() -> lease.settle(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseToSettleWhatItDoesNotHold() {
        assertThatThrownBy(() -> lease.settle("licences", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lease.settle(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldRetryAFailedRenewalSoon() {
        // given
        timer.pass(20_000);

        // when
        transport.next(RENEW).lose();
        timer.pass(Backoff.SHORTEST_MILLIS);
        transport.next(RENEW).lose();
        timer.pass(2 * Backoff.SHORTEST_MILLIS);
        transport.next(RENEW).answer(HELD);
        timer.pass(59_999);

        // then
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void shouldNotWaitForAnUnansweredRenewal() {
        // given
        timer.pass(20_000);
        Question first = transport.next(RENEW);
        timer.pass(10_000);
        Question second = transport.next(RENEW);

        // when
        timer.pass(1_000);
        second.answer(HELD);
        first.answer(HELD);
        timer.pass(58_999);

        // then
        assertThat(lease.isHeld()).isTrue();
        timer.pass(1);
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void shouldAcceptALateAnswer() {
        // given
        timer.pass(20_000);
        Question first = transport.next(RENEW);
        timer.pass(35_000);

        // when
        first.answer(HELD);
        timer.pass(24_999);

        // then
        assertThat(lease.isHeld()).isTrue();
        timer.pass(1);
        assertThat(lease.isHeld()).isFalse();
    }

    /** The lease time counts from when the last confirmed renewal was sent, not from its answer. */
    @Test
    void shouldBeLostWhenItsTimeEndsByItsOwnClock() {
        // given
        transport.answering(question -> timer.nowMillis() == 20_000 ? null : lose(question));
        timer.pass(20_000);
        Question renewal = transport.next(RENEW);
        timer.pass(5_000);
        renewal.answer(HELD);

        // when
        timer.pass(54_999);
        assertThat(lease.isHeld()).isTrue();
        timer.pass(1);

        // then
        assertThat(lease.isHeld()).isFalse();
        await().until(() -> lost.get() != null);
        assertThat(lost.get()).isEqualTo("no renewal was confirmed for 60 s, as long as it lasts");
        assertThat(ends).hasValue(1);
    }

    @Test
    void shouldBeLostAtOnceWhenTheLedgerReportsIt() {
        // given
        timer.pass(20_000);

        // when
        transport.next(RENEW).answer(new TransportOutcome.Gone("it was released"));

        // then
        assertThat(lease.isHeld()).isFalse();
        await().until(lost::get, "it was released"::equals);
        timer.pass(1_000_000);
        assertThat(transport.unread()).isZero();
        assertThat(timer.calls()).isZero();
    }

    @Test
    void shouldNotifyALateListenerOfAPastLoss() {
        // given
        timer.pass(20_000);
        transport.next(RENEW).answer(new TransportOutcome.Gone("it was released"));
        AtomicReference<String> later = new AtomicReference<>();

        // when
        lease.onLost(later::set);

        // then
        await().until(later::get, "it was released"::equals);
    }

    @Test
    void shouldNotifyAllListenersOfALossEvenIfOneThrows() {
        // given
        AtomicReference<String> second = new AtomicReference<>();
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        lease.onLost(reason -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.set(failure));
            throw new IllegalStateException("cannot stop");
        });
        lease.onLost(second::set);

        // when
        timer.pass(20_000);
        transport.next(RENEW).answer(new TransportOutcome.Gone("it was released"));

        // then
        await().until(() -> lost.get() != null && second.get() != null && uncaught.get() != null);
        assertThat(uncaught.get()).hasMessage("cannot stop");
    }

    @Test
    void shouldRenewEarlyWhenACheckFindsNoLease() {
        // given
        KeptLease watched = new KeptLease(
                REQUEST.lookingEvery(Duration.ofSeconds(1)),
                new Grant(leaseId, 0),
                transport,
                timer,
                new Releaser(transport, timer),
                ended -> {});
        watched.keep();
        timer.pass(5_000);
        assertThat(transport.unread()).isZero();

        // when
        transport.loseAll();
        timer.pass(1_000);
        transport.next(RENEW).answer(new TransportOutcome.Gone("it was released"));

        // then
        assertThat(watched.isHeld()).isFalse();
    }

    /** A check alone does not end a lease: a view may lag, and a gateway may have just started. */
    @Test
    void shouldKeepTheLeaseIfTheRenewalAfterACheckSucceeds() {
        // given
        KeptLease watched = new KeptLease(
                REQUEST.lookingEvery(Duration.ofSeconds(1)),
                new Grant(leaseId, 0),
                transport,
                timer,
                new Releaser(transport, timer),
                ended -> {});
        watched.keep();
        transport.loseAll();

        // when
        timer.pass(1_000);
        transport.next(RENEW).answer(HELD);

        // then
        assertThat(watched.isHeld()).isTrue();
    }

    @Test
    void shouldReleaseAndStopRenewingWhenClosed() {
        // given
        transport.answering(question -> HELD);

        // when
        lease.close();
        lease.close();
        timer.pass(1_000_000);

        // then
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(leaseId);
        assertThat(transport.unread()).isZero();
        assertThat(timer.calls()).isZero();
        assertThat(lease.isHeld()).isFalse();
        assertThat(ends).hasValue(1);
        assertThat(lost).hasNullValue();
    }

    @Test
    void shouldNotBeLostAfterBeingClosed() {
        // given
        timer.pass(20_000);
        Question renewal = transport.next(RENEW);
        transport.answering(question -> HELD);
        lease.close();

        // when
        renewal.answer(new TransportOutcome.Gone("it was released"));

        // then
        assertThat(ends).hasValue(1);
        assertThat(lost).hasNullValue();
    }

    /** A renewal whose answer was lost may have succeeded, so a lost lease is released as well. */
    @Test
    void shouldReleaseALostLeaseWhenClosed() {
        // given
        transport.answering(KeptLeaseTest::lose);
        timer.pass(60_000);
        assertThat(lease.isHeld()).isFalse();

        // when
        transport.answering(question -> HELD);
        lease.close();

        // then
        assertThat(transport.last().kind()).isEqualTo(RELEASE);
    }

    private static TransportOutcome lose(Question question) {
        question.lose();
        return HELD;
    }
}
