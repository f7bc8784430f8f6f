package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.FakeSender;
import io.limitledger.client.FakeSender.Sent;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Releases over Kafka, where a limit may be renamed while its slots are held. */
class KafkaTransportTest {
    private static final AcquireRequest REQUEST = AcquireRequest.of(List.of("database"), 60_000);

    private final UUID leaseId = LeaseIds.newFor("database");
    private final Released released = new Released(leaseId);
    private final FakeSender sender = new FakeSender();
    private final VirtualTimer timer = new VirtualTimer();
    private final KafkaTransport transport = new KafkaTransport(sender.confirming(), timer, () -> {});

    @Test
    void shouldReleaseByIdAlone() {
        // given
        CompletableFuture<Void> release = transport.release(REQUEST, leaseId, Map.of());

        // when
        Sent asked = sender.next();
        asked.answer(released, true);

        // then
        assertThat(asked.command()).isEqualTo(new ReleaseLease(null, leaseId));
        assertThat(asked.partition()).isEqualTo(LeaseIds.partition("database", 3));
        assertThat(release).isCompleted();
        assertThat(sender.isAllRead()).isTrue();
    }

    /** Releasing by name also prevents an acquire in transit from taking slots. */
    @Test
    void shouldReleaseByNameIfTheIdIsNotFound() {
        // given
        CompletableFuture<Void> release = transport.release(REQUEST, leaseId, Map.of());

        // when
        sender.next().answer(released, false);
        Sent named = sender.next();
        named.answer(released, true);

        // then
        assertThat(named.command()).isEqualTo(new ReleaseLease("database", leaseId));
        assertThat(release).isNotDone();
    }

    @Test
    void shouldReleaseInAllPartitionsIfTheNameIsNotFound() {
        // given
        CompletableFuture<Void> release = transport.release(REQUEST, leaseId, Map.of());
        sender.next().answer(released, false);
        sender.next().answer(released, true);

        // when
        for (int partition = 0; partition < 3; partition++) {
            sender.next().answer(released, partition == 2);
        }

        // then
        assertThat(release).isCompleted();
    }

    /** A limit that moves to another name releases nothing, and does not report what it holds. */
    @Test
    void shouldNotTakeTheAnswerOfAMovingLimitAsARelease() {
        // given
        CompletableFuture<Void> release = transport.release(REQUEST, leaseId, Map.of());
        sender.next().answer(released, false);
        sender.next().answer(released, true);

        // when
        sender.next().answer(released, false);
        Sent moving = sender.next();
        sender.next().answer(released, false);
        while (!release.isDone()) {
            moving.answer(new Refused(Refused.Reason.LIMIT_MOVING, "", List.of()), false);
            timer.pass(1_000);
            moving = sender.isAllRead() ? moving : sender.next();
        }

        // then
        assertThat(release).isCompletedExceptionally();
    }
}
