package io.limitledger.holder;

import static io.limitledger.holder.FakeTransport.HELD;
import static io.limitledger.holder.FakeTransport.Kind.ACQUIRE;
import static io.limitledger.holder.FakeTransport.Kind.RELEASE;
import static io.limitledger.holder.FakeTransport.Kind.RENEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.limitledger.holder.FakeTransport.Question;
import io.limitledger.timer.VirtualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimitsTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final FakeTransport transport = new FakeTransport().answering(question -> HELD);
    private final Limits limits = new Limits(transport, timer, () -> {});

    @Test
    void shouldHoldUntilTheEndOfTheBlock() throws Exception {
        // when
        try (Lease lease = limits.acquire("database").slots(2).now()) {
            assertThat(lease.isHeld()).isTrue();
        }

        // then
        assertThat(transport.next(ACQUIRE).leaseId())
                .isEqualTo(transport.next(RELEASE).leaseId());
    }

    @Test
    void shouldCancelAnInterruptedAcquire() throws Exception {
        // given
        transport.answering(question -> question.kind() == RELEASE ? HELD : null);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(thrownBy(Duration.ofMinutes(1))));
        waiting.start();
        await().until(() -> transport.unread() > 0);

        // when
        waiting.interrupt();
        waiting.join();

        // then
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Question asked = transport.next(ACQUIRE);
        assertThat(transport.next(RELEASE).leaseId()).isEqualTo(asked.leaseId());
    }

    @Test
    void shouldSendNothingForAThreadThatIsAlreadyInterrupted() {
        // given
        Thread.currentThread().interrupt();

        // when
        Throwable thrown = catchThrowable(() -> limits.acquire("database").now());

        // then
        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldThrowWithTheStackTraceOfTheCaller() {
        // given
        transport.answering(question -> new TransportOutcome.Refused("Limit 'database' does not exist"));

        // then
        assertThatThrownBy(() -> limits.acquire("database").now())
                .isInstanceOf(AcquireRefusedException.class)
                .satisfies(refused -> assertThat(refused.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(LimitsTest.class.getName())));
    }

    @Test
    void shouldNotHoldALeaseToSpend() throws Exception {
        // when
        limits.spend("calls").slots(3).now();
        timer.pass(1_000_000);

        // then
        transport.next(ACQUIRE);
        assertThat(transport.unread()).isZero();
    }

    @Test
    void shouldRefuseALeaseOfZeroSeconds() {
        assertThatThrownBy(() -> limits.acquire("database").leasedFor(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to hold nothing, spend");
    }

    @Test
    void shouldRenewThousandsOfLeases() throws Exception {
        // given
        AtomicInteger renewals = new AtomicInteger();
        transport.answering(question -> {
            if (question.kind() == RENEW) {
                renewals.incrementAndGet();
            }
            return HELD;
        });
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            leases.add(limits.acquire("database").now());
        }

        // when
        timer.pass(60_000);

        // then
        assertThat(leases).allMatch(Lease::isHeld);
        assertThat(renewals).hasValue(30_000);
    }

    @Test
    void shouldReleaseAndCancelEverythingWhenClosed() throws Exception {
        // given
        Lease held = limits.acquire("database").now();
        transport.next(ACQUIRE);
        transport.answering(question -> question.kind() == RELEASE ? HELD : null);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(thrownBy(Duration.ofMinutes(1))));
        waiting.start();
        await().until(() -> transport.unread() > 0);
        Question asked = transport.next(ACQUIRE);
        transport.answering(question -> {
            // The waiting acquire learns that its id was released.
            asked.answer(new TransportOutcome.Refused("released"));
            return HELD;
        });

        // when
        limits.close();
        waiting.join();

        // then
        assertThat(List.of(
                        transport.next(RELEASE).leaseId(),
                        transport.next(RELEASE).leaseId()))
                .containsExactlyInAnyOrder(held.id(), asked.leaseId());
        assertThat(thrown.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the limits were closed");
        assertThat(held.isHeld()).isFalse();
        assertThat(transport.isClosed()).isTrue();
        assertThatThrownBy(() -> limits.acquire("database").now()).isInstanceOf(IllegalStateException.class);
    }

    private Throwable thrownBy(Duration wait) {
        try {
            limits.acquire("database").waitingUpTo(wait);
            return null;
        } catch (InterruptedException | RuntimeException e) {
            return e;
        }
    }
}
