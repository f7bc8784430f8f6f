package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.FakeSender.Sent;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.VirtualTimer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alice administers the limit {@code hers}, and no other. */
class OnBehalfTest {
    private static final UUID ID = new UUID(0, 1);
    private static final OnBehalf ALICE = new OnBehalf("token:alice", "hers"::equals);

    private final FakeSender sender = new FakeSender();

    static List<LimitCommand> commandsOnALease() {
        return List.of(
                new RenewLease("others", ID, 1_000, null),
                new SettleLease("others", ID, 1),
                new ReleaseLease("others", ID, 2L),
                new CancelAcquire("others", ID));
    }

    @ParameterizedTest
    @MethodSource("commandsOnALease")
    void shouldTouchOnlyWhatThePrincipalOwns(LimitCommand command) {
        // when
        var unused = sender.as(ALICE).send(command);

        // then
        Sent sent = sender.next();
        assertThat(sent.by()).isEqualTo("token:alice");
        assertThat(sent.command()).isEqualTo(command.ifOwnedBy("token:alice")).isNotEqualTo(command);
    }

    @Test
    void shouldTouchEveryLeaseOfALimitThatThePrincipalAdministers() {
        // given
        ReleaseLease release = new ReleaseLease("hers", ID);

        // when
        var unused = sender.as(ALICE).send(release);

        // then
        Sent sent = sender.next();
        assertThat(sent.by()).isEqualTo("token:alice");
        assertThat(sent.command()).isEqualTo(release);
    }

    /** It may be a lease of any limit. */
    @Test
    void shouldTouchOnlyItsOwnWhereTheLimitIsNotKnown() {
        // given
        ReleaseLease release = new ReleaseLease(null, ID);

        // when
        var unused = sender.as(ALICE).send(release, 1);

        // then
        assertThat(sender.next().command()).isEqualTo(release.ifOwnedBy("token:alice"));
    }

    @Test
    void shouldLeaveOtherCommandsAsTheyAre() {
        // when
        var unused = sender.as(ALICE).send(new Tick("others"));

        // then
        Sent sent = sender.next();
        assertThat(sent.by()).isEqualTo("token:alice");
        assertThat(sent.command()).isEqualTo(new Tick("others"));
    }

    @Test
    void shouldSendWithoutNameAndConditionWhereCallersAreNotKnown() {
        // given
        ReleaseLease release = new ReleaseLease("others", ID);

        // when
        var unused = sender.as(OnBehalf.NO_ONE).send(release);

        // then
        Sent sent = sender.next();
        assertThat(sent.by()).isNull();
        assertThat(sent.command()).isEqualTo(release);
    }

    /** What a decorator sends by itself is sent for the same principal. */
    @Test
    void shouldConfirmOnBehalfOfThePrincipalThatWaited() {
        // given
        Asking ledger = new RetryWhileRenamed(sender.confirming(), new VirtualTimer()).as(ALICE);
        var unused = ledger.send(new AcquireLease("others", ID, 1, 60_000, 5_000, null, List.of()));
        Sent acquire = sender.next();
        Claim claim = new Claim(ID, "others", 1, 60_000, null, List.of());
        Asker asker = new Asker("limits.replies", 0, "me", "1");

        // when
        acquire.answer(new Granted(new Lease(claim, 0, 0, 1_000, 1_000, 11_000, asker)), true);

        // then
        Sent confirmation = sender.next();
        assertThat(acquire.by()).isEqualTo("token:alice");
        assertThat(confirmation.by()).isEqualTo("token:alice");
        assertThat(confirmation.command()).isInstanceOf(RenewLease.class);
    }
}
