package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.PendingCommands.Pending;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.ReplyRecord;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PendingCommandsTest {
    private static final UUID ID = new UUID(1, 1);
    private static final Reply QUEUED = new Queued("database", ID, 0, 60_000);
    private static final Reply RELEASED = new Released(ID);
    private static final int MOST = 2;
    private static final LimitCommand RENEW = new RenewLease("database", ID, 60_000, null);
    private static final LimitCommand ACQUIRE = new AcquireLease("database", ID, 1, 60_000, 60_000, null, List.of());
    private static final LimitCommand ANOTHER =
            new AcquireLease("database", new UUID(2, 2), 1, 60_000, 60_000, null, List.of());

    private final VirtualTimer timer = new VirtualTimer();
    private final PendingCommands pending = new PendingCommands(timer, Duration.ofSeconds(10), MOST);

    @Test
    void takesNoMoreThanItsBound() {
        // given
        pending.add(RENEW);
        pending.add(RENEW);

        // when
        Pending third = pending.add(RENEW);

        // then
        assertThat(third).isNull();
        assertThat(pending.size()).isEqualTo(MOST);
    }

    @Test
    void whoStandsInLineKeepsNobodyFromReleasing() {
        // given
        queued();
        queued();

        // when
        Pending release = pending.add(RENEW);

        // then
        assertThat(release).isNotNull();
        assertThat(pending.undecided()).isEqualTo(1);
        assertThat(pending.size()).isEqualTo(3);
    }

    static Stream<LimitCommand> whatGivesBack() {
        return Stream.of(
                new ReleaseLease("database", ID), new CancelAcquire("database", ID), new ReturnSlots("database", 1, 0));
    }

    @ParameterizedTest
    @MethodSource("whatGivesBack")
    void whatGivesBackKeepsNobodyFromAsking(LimitCommand command) {
        // given
        pending.add(command);
        pending.add(command);

        // when
        Pending next = pending.add(RENEW);

        // then
        assertThat(next).isNotNull();
        assertThat(pending.add(command)).isNull();
        assertThat(pending.undecided()).isEqualTo(1);
        assertThat(pending.size()).isEqualTo(3);
    }

    @Test
    void whoWaitsForTheSameLeaseGetsTheSameAnswer() {
        // given
        Pending earlier = queued();
        Pending later = queued();

        // when
        answer(later, RELEASED);

        // then
        assertThat(earlier.future()).isCompletedWithValueMatching(answer -> answer.reply() == RELEASED);
        assertThat(later.future()).isCompletedWithValueMatching(answer -> answer.reply() == RELEASED);
        assertThat(pending.size()).isZero();
        assertThat(timer.calls()).isZero();
    }

    @Test
    void whoWaitsForAnotherLeaseWaitsOn() {
        // given
        Pending waiting = queued();
        Pending another = pending.add(ANOTHER);
        answer(another, QUEUED);

        // when
        answer(another, RELEASED);

        // then
        assertThat(waiting.future()).isNotDone();
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void whoWaitsIsNotAnsweredWithTheRefusalOfAnotherRequest() {
        // given
        Pending waiting = queued();
        Pending different = pending.add(ACQUIRE);

        // when
        answer(different, new Refused(Refused.Reason.LEASE_ID_TAKEN, "differs", List.of()));

        // then
        assertThat(waiting.future()).isNotDone();
    }

    @Test
    void whoIsPromisedItsStartStartsWithTheLaterOne() {
        // given
        Pending earlier = pending.add(ACQUIRE);
        Pending later = pending.add(ACQUIRE);
        Reply promised = new Granted(lease(30_000));
        answer(earlier, promised);
        answer(later, promised);
        Reply sooner = new Granted(lease(0));

        // when
        answer(later, sooner);

        // then
        assertThat(earlier.future()).isCompletedWithValueMatching(answer -> answer.reply() == sooner);
        assertThat(timer.calls()).isZero();
    }

    @Test
    void waitsForAStartNoLongerThanPromisedWhereTheClockStepsBack() {
        // given
        Pending asked = pending.add(ACQUIRE);
        long anHourBefore = timer.nowMillis() - 3_600_000;
        ReplyRecord promised = new ReplyRecord(new Granted(lease(30_000)), 0, 0, anHourBefore, 1);

        // when
        pending.answer(asked.correlationId(), promised);
        timer.pass(30_000);

        // then
        assertThat(asked.future()).isCompletedWithValue(promised);
    }

    @Test
    void noMoreMayStandInLineThanItsBound() {
        // given
        queued();
        queued();

        // when
        Pending third = pending.add(ACQUIRE);

        // then
        assertThat(third).isNull();
    }

    @Test
    void hasRoomAgainWhenWhatWasUnderWayIsAnswered() {
        // given
        Pending first = queued();
        Pending second = queued();
        answer(first, RELEASED);
        answer(second, QUEUED);
        answer(second, RELEASED);

        // when
        Pending next = pending.add(ACQUIRE);

        // then
        assertThat(next).isNotNull();
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void nothingStaysWhenNoAnswerComes() {
        // given
        queued();
        pending.add(RENEW);

        // when
        timer.pass(Duration.ofMinutes(2).toMillis());

        // then
        assertThat(pending.undecided()).isZero();
        assertThat(pending.size()).isZero();
        assertThat(timer.calls()).isZero();
    }

    private static Lease lease(long startsAt) {
        return new Lease(
                new Claim(ID, "database", 1, 60_000, null, List.of()), 0, 0, 0, startsAt, startsAt + 60_000, null);
    }

    private Pending queued() {
        Pending waiting = pending.add(ACQUIRE);
        answer(waiting, QUEUED);
        return waiting;
    }

    private void answer(Pending asked, Reply reply) {
        pending.answer(asked.correlationId(), new ReplyRecord(reply, 0, 0, timer.nowMillis(), 1));
    }
}
