package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.FakeSender;
import io.limitledger.client.FakeSender.Sent;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.VirtualTimer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RunningAcquireTest {
    private final FakeSender ledger = new FakeSender();
    private final VirtualTimer timer = new VirtualTimer();

    /** Its limit may be in the middle of a rename, so that it is sent again after all others are granted. */
    @Test
    void shouldHoldAllForLongerOnlyWhenTheLastShortRenewalHasEnded() {
        // given
        Acquisition both = Acquisition.of(List.of("a", "b"), 1, 60_000, 20_000, null);
        CompletableFuture<Outcome> outcome = new RunningAcquire(ledger, KnownLeases.NONE, timer, both, null).run();
        grant(ledger.next());
        Sent second = ledger.next();
        timer.pass(PartKeeper.EVERY_MILLIS);
        Sent shortRenewal = ledger.next();

        // when
        grant(second);

        // then
        assertThat(ledger.isAllRead()).as("nothing else was sent").isTrue();
        renewed(shortRenewal, PartKeeper.SHORT_LEASE_MILLIS);
        renewed(ledger.next(), 60_000);
        renewed(ledger.next(), 60_000);
        assertThat(outcome).isCompletedWithValueMatching(Outcome::isHeld);
    }

    private static void grant(Sent sent) {
        AcquireLease acquire = (AcquireLease) sent.command();
        sent.answer(new Granted(lease(acquire)), true);
    }

    private static void renewed(Sent sent, long millis) {
        RenewLease renew = (RenewLease) sent.command();
        assertThat(renew.leaseMillis()).isEqualTo(millis);
        String other = renew.limit().equals("a") ? "b" : "a";
        AcquireLease acquired = new AcquireLease(renew.limit(), renew.leaseId(), 1, millis, 0, null, List.of(other));
        sent.answer(new Renewed(lease(acquired)), true);
    }

    private static Lease lease(AcquireLease acquire) {
        return new Lease(acquire.claim(), 0, 0, 0, 0, acquire.leaseMillis(), null);
    }
}
