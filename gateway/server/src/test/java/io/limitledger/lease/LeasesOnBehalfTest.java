package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.client.OnBehalf;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Refused.Reason;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.InMemoryLedger.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Alice and Bob ask through the same gateway. An administrator of all limits may act for both. */
// Outcomes come later, and are looked at then.
@SuppressWarnings("FutureReturnValueIgnored")
class LeasesOnBehalfTest extends LeasesFixture {
    private static final String ALICE = "token:alice";

    private final Leases alice = limits.as(new OnBehalf(ALICE, limit -> false));
    private final Leases bob = limits.as(new OnBehalf("token:bob", limit -> false));
    private final Leases administrator = limits.as(new OnBehalf("token:administrator", limit -> true));

    @Test
    void ownsAllThatItAcquires() {
        // when
        Outcome outcome = alice.acquire(all(0)).join();

        // then
        assertThat(outcome.leases())
                .hasSize(3)
                .extracting(lease -> lease.claim().owner())
                .containsOnly(ALICE);
        assertThat(ledger.lease("b", outcome.leases().get(0).leaseId()).claim().owner())
                .isEqualTo(ALICE);
    }

    /** Each part is renewed while the rest is waited for; that goes on without the request's thread. */
    @Test
    void carriesTheNameThroughAnAcquireThatGoesOn() {
        // given
        UUID holder = hold("c").leases().get(0).leaseId();
        int before = ledger.sent().size();
        CompletableFuture<Outcome> waiting = alice.acquire(all(5 * MINUTE));

        // when
        advance(Duration.ofMinutes(1));

        // then
        List<Sent> renewals = since(before).stream()
                .filter(sent -> sent.command() instanceof RenewLease)
                .toList();
        assertThat(renewals).hasSizeGreaterThan(10);
        assertThat(since(before)).extracting(Sent::by).containsOnly(ALICE);
        limits.release(holder);
        assertThat(waiting.join().leases())
                .extracting(lease -> lease.claim().owner())
                .containsOnly(ALICE);
    }

    @Test
    void givesBackInTheNameOfWhoAsked() {
        // given
        hold("c");
        Acquisition acquisition = all(5 * MINUTE);
        alice.acquire(acquisition);
        int before = ledger.sent().size();

        // when
        alice.giveUp(acquisition);

        // then
        assertThat(since(before)).isNotEmpty().extracting(Sent::by).containsOnly(ALICE);
        assertThat(occupied()).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void leavesTheLeasesOfOthersAlone() {
        // given
        UUID id = alice.acquire(all(0)).join().leases().get(0).leaseId();

        // when
        Outcome renewed = bob.renew(id, MINUTE, null).join();
        Outcome settled = bob.settle(id, Map.of("a", 0L)).join();
        Outcome released = bob.release(id).join();

        // then
        assertThat(List.of(renewed, settled, released))
                .extracting(LeasesOnBehalfTest::reason)
                .containsOnly(Reason.NOT_OWNER);
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    /** What no view shows is asked for in all partitions, and found in one of them. */
    @Test
    void leavesThemAloneWhereTheyAreSearchedFor() {
        // given
        UUID id = new UUID(7, 7);
        alice.acquire(new Acquisition(List.of("b"), 1, MINUTE, 0, null, id)).join();
        ledger.hideView();

        // when
        Outcome renewed = bob.renew(id, MINUTE, null).join();
        Outcome settled = bob.settle(id, 0).join();
        Outcome released = bob.release(id).join();
        Outcome releasedIfHeld = bob.releaseIfHeld(id).join();

        // then
        assertThat(List.of(renewed, settled, released, releasedIfHeld))
                .extracting(LeasesOnBehalfTest::reason)
                .containsOnly(Reason.NOT_OWNER);
        assertThat(occupied("b")).isEqualTo(1.0);
    }

    @Test
    void mayEndItsOwn() {
        // given
        UUID id = alice.acquire(all(0)).join().leases().get(0).leaseId();

        // when
        Outcome released = alice.release(id).join();

        // then
        assertThat(released).isEqualTo(Outcome.released(id));
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void mayEndThoseOfOthersWhereItAdministersTheLimit() {
        // given
        UUID id = alice.acquire(all(0)).join().leases().get(0).leaseId();
        int before = ledger.sent().size();

        // when
        Outcome released = administrator.release(id).join();

        // then
        assertThat(released).isEqualTo(Outcome.released(id));
        assertThat(since(before)).extracting(Sent::by).containsOnly("token:administrator");
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    /** A repeat shares the outcome of the first, and another principal's request under the same id does not. */
    @Test
    void sharesNoAcquireWithAnotherPrincipal() {
        // given
        hold("c");
        Acquisition acquisition = all(5 * MINUTE);
        CompletableFuture<Outcome> first = alice.acquire(acquisition);

        // when
        CompletableFuture<Outcome> repeat = alice.acquire(acquisition);
        CompletableFuture<Outcome> other = bob.acquire(acquisition);

        // then
        assertThat(repeat).isSameAs(first);
        assertThat(reason(other.join())).isEqualTo(Reason.LEASE_ID_TAKEN);
    }

    @Test
    void endsNoAcquireOfAnotherPrincipal() {
        // given
        hold("c");
        Acquisition acquisition = all(5 * MINUTE);
        CompletableFuture<Outcome> first = alice.acquire(acquisition);

        // when
        bob.giveUp(acquisition);

        // then
        assertThat(first).isNotDone();
        assertThat(ledger.lease("a", acquisition.leaseId()))
                .extracting(Lease::slots)
                .isEqualTo(1L);
    }

    @Test
    void saysThatItMayNotEndWhatAnotherOwns() {
        // given
        UUID id = alice.acquire(all(0)).join().leases().get(0).leaseId();

        // when
        CompletableFuture<Void> ended = bob.end(id, List.of("a", "b", "c"));

        // then
        assertThatThrownBy(ended::join).hasCauseInstanceOf(NotOwnerException.class);
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    private List<Sent> since(int before) {
        return ledger.sent().subList(before, ledger.sent().size());
    }

    private static Reason reason(Outcome outcome) {
        return ((Refused) outcome.reply()).reason();
    }
}
