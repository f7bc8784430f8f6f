package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.FakeSender.Sent;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Lease;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A lease of a minute that is handed over at the end of a wait, for ten seconds at first. */
class ConfirmingTest {
    private static final UUID ID = new UUID(0, 1);
    private static final Asker ASKER = new Asker("limits.replies", 0, "me", "1");
    private static final AcquireLease WAITING = new AcquireLease("database", ID, 1, 60_000, 5_000, null, List.of());
    private static final AcquireLease AT_ONCE = new AcquireLease("database", ID, 1, 60_000, 0, null, List.of());

    private final FakeSender sender = new FakeSender();
    private final Confirming confirming = sender.confirming();

    @Test
    void shouldHoldWhatItHasTakenUpInTime() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        Sent asked = sender.next();
        asked.answer(new Granted(lease(1_000, 1_000, ASKER)), true);

        // when
        sender.next().append(2_000);

        // then
        assertThat(asked.command()).isEqualTo(WAITING.takenUpWithin(10_000));
        assertThat(reply(answer))
                .isEqualTo(new Granted(lease(1_000, 1_000, null).renewed(62_000, null)));
    }

    @Test
    void shouldHaveMissedWhatItTakesUpTooLate() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        sender.next().answer(new Granted(lease(1_000, 1_000, ASKER)), true);

        // when
        sender.next().append(11_000);

        // then
        assertThat(reply(answer)).isInstanceOf(Denied.class);
    }

    @Test
    void shouldAskWhereTheClockSteppedBackSinceTheGrant() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        sender.next().answer(new Granted(lease(3_601_000, 3_601_000, ASKER)), true);
        sender.next().append(12_000);

        // when
        Sent asked = sender.next();
        asked.answer(new Refused(Refused.Reason.LEASE_GONE, "expired", List.of()), true);

        // then
        assertThat(asked.command()).isEqualTo(new RenewLease("database", ID, 60_000, null));
        assertThat(answer).isCompletedExceptionally();
    }

    /** The ledger may have been away, and then the lease is not over. */
    @Test
    void shouldGiveBackWhatItTookUpTooLate() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        sender.next().answer(new Granted(lease(1_000, 1_000, ASKER)), true);

        // when
        sender.next().append(11_000);

        // then
        assertThat(reply(answer)).isInstanceOf(Denied.class);
        assertThat(sender.next().command()).isEqualTo(new ReleaseLease("database", ID));
    }

    /** Another asking for the same, once the wait is over, finds what was handed over to the first. */
    @Test
    void shouldTakeUpWhatItDoesNotWaitFor() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(AT_ONCE, 0);
        sender.next().answer(new Granted(lease(1_000, 1_000, ASKER)), false);

        // when
        Sent renewal = sender.next();
        renewal.append(2_000);

        // then
        assertThat(renewal.command()).isEqualTo(new RenewLease("database", ID, 60_000, null));
        assertThat(((Granted) reply(answer)).lease().expiresAt()).isEqualTo(62_000);
    }

    @Test
    void shouldTakeUpWhatItFindsWhenItCancels() {
        // given
        CompletableFuture<ReplyRecord> unused = confirming.send(new CancelAcquire("database", ID), 0);

        // when
        sender.next().answer(new Granted(lease(1_000, 1_000, ASKER)), false);

        // then
        assertThat(sender.next().command()).isInstanceOf(RenewLease.class);
    }

    /** The limit has got another name while it was waited for. */
    @Test
    void shouldTakeUpWhereItWasGranted() {
        // given
        CompletableFuture<ReplyRecord> unused = confirming.send(WAITING, 0);

        // when
        sender.next().answerFrom(2, new Granted(lease(1_000, 1_000, ASKER)));

        // then
        assertThat(sender.next().partition()).isEqualTo(2);
    }

    /** It may have started earlier, and have ended since, without the asker having heard of it. */
    @Test
    void shouldNotRelyOnWhatWasPromised() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        sender.next().answer(new Granted(lease(1_000, 4_000, ASKER)), true);

        // when
        sender.next().answer(new Refused(Refused.Reason.LEASE_GONE, "", List.of()), true);

        // then
        assertThatThrownBy(answer::join).hasCauseInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void shouldHoldWhatWasPromisedAndIsRenewed() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);
        sender.next().answer(new Granted(lease(1_000, 4_000, ASKER)), true);
        Lease renewed = lease(1_000, 4_000, null).renewed(64_000, null);

        // when
        sender.next().answer(new Renewed(renewed), true);

        // then
        assertThat(reply(answer)).isEqualTo(new Granted(renewed));
    }

    @Test
    void shouldNotTouchWhatIsNotOnTrial() {
        // given
        CompletableFuture<ReplyRecord> answer = confirming.send(WAITING, 0);

        // when
        sender.next().answer(new Granted(lease(1_000, 1_000, null)), true);

        // then
        assertThat(answer).isCompleted();
        assertThat(sender.isAllRead()).isTrue();
    }

    private static Lease lease(long acquiredAt, long startsAt, @Nullable Asker handedTo) {
        long expiresAt = startsAt + 10_000;
        return new Lease(
                new Claim(ID, "database", 1, 60_000, null, List.of()), 0, 0, acquiredAt, startsAt, expiresAt, handedTo);
    }

    private static Reply reply(CompletableFuture<ReplyRecord> answer) {
        return answer.join().reply();
    }
}
