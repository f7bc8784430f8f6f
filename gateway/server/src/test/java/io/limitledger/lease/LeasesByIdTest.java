package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.state.Lease;
import io.limitledger.wire.LeaseIds;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Leases that are renewed and released by their ids alone. */
// Outcomes come later, and are looked at then.
@SuppressWarnings("FutureReturnValueIgnored")
class LeasesByIdTest extends LeasesFixture {
    private static final Duration LONGEST_LAG = Duration.ofMillis(LeaseFinder.LONGEST_LAG_MILLIS);

    @Test
    void renewsOnAllLimitsThatTheViewShows() {
        // given
        UUID leaseId = hold("c", "a", "b").leases().get(0).leaseId();
        int before = ledger.sent().size();

        // when
        Outcome outcome = limits.renew(leaseId, 2 * MINUTE, null).join();

        // then
        assertThat(outcome.reply()).isInstanceOf(Renewed.class);
        assertThat(outcome.leases()).extracting(Lease::limit).containsExactly("a", "b", "c");
        assertThat(sentSince(before)).hasSize(3).allMatch(RenewLease.class::isInstance);
    }

    /** As direct producers may use one. */
    @Test
    void renewsWhateverTheIdHoldsThoughItWasAskedForApart() {
        // given
        UUID leaseId = holdApart("a", "c");

        // when
        Outcome outcome = limits.renew(leaseId, 2 * MINUTE, null).join();

        // then
        assertThat(outcome.leases()).extracting(Lease::limit).containsExactly("a", "c");
    }

    @Test
    void releasesWhateverTheIdHoldsThoughItWasAskedForApart() {
        // given
        UUID leaseId = holdApart("a", "c");

        // when
        limits.release(leaseId).join();

        // then
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    private UUID holdApart(String... names) {
        UUID leaseId = UUID.randomUUID();
        for (String name : names) {
            ledger.send(new AcquireLease(name, leaseId, 1, MINUTE, 0, null, List.of()))
                    .join();
        }
        return leaseId;
    }

    @Test
    void renewsOneLimitWithOneCommand() {
        // given
        UUID leaseId = hold("a").leases().get(0).leaseId();
        int before = ledger.sent().size();

        // when
        limits.renew(leaseId, MINUTE, null).join();

        // then
        assertThat(sentSince(before)).containsExactly(new RenewLease("a", leaseId, MINUTE, null));
    }

    @Test
    void asksTheLikelyPartitionFirstIfTheViewLags() {
        // given
        UUID leaseId = hold("a", "b", "c").leases().get(0).leaseId();
        ledger.hideView();
        int before = ledger.sent().size();

        // when
        Outcome outcome = limits.renew(leaseId, MINUTE, null).join();

        // then
        assertThat(outcome.leases()).hasSize(3);
        assertThat(sentSince(before).get(0)).isEqualTo(new RenewLease(null, leaseId, MINUTE, null));
        assertThat(ledger.sent().get(before).partition()).isEqualTo(LeaseIds.partition("a", 4));
    }

    @Test
    void findsAnIdThatAClientMade() {
        // given
        UUID leaseId = idThatMisleads();
        limits.acquire(all(0).withId(leaseId)).join();
        ledger.hideView();

        // when
        Outcome outcome = limits.renew(leaseId, MINUTE, null).join();

        // then
        assertThat(outcome.leases()).hasSize(3);
    }

    @Test
    void releasesOnAllLimits() {
        // given
        UUID leaseId = hold("a", "b", "c").leases().get(0).leaseId();
        int before = ledger.sent().size();

        // when
        Outcome outcome = limits.release(leaseId).join();

        // then
        assertThat(outcome.reply()).isEqualTo(new Released(leaseId));
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
        assertThat(sentSince(before)).hasSize(3).allMatch(ReleaseLease.class::isInstance);
    }

    @Test
    void releasesOnAllLimitsWhateverTheViewShows() {
        // given
        UUID leaseId = idThatMisleads();
        limits.acquire(all(0).withId(leaseId)).join();
        ledger.hideView();

        // when
        limits.release(leaseId).join();

        // then
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void endsAWaitThatTheViewDoesNotShow() {
        // given
        hold("a");
        Acquisition waiting = all(MINUTE);
        limits.acquire(waiting);
        ledger.hideView();

        // when
        limits.release(waiting.leaseId()).join();

        // then
        assertThat(waiting("a")).isEmpty();
    }

    @Test
    void aLeaseThatIsGoneOnOneLimitIsReleasedOnTheRest() {
        // given
        UUID leaseId = hold("a", "b", "c").leases().get(0).leaseId();
        ledger.send(new ReleaseLease("a", leaseId)).join();

        // when
        CompletableFuture<Outcome> renewed = limits.renew(leaseId, MINUTE, null);
        advance(LONGEST_LAG);
        Outcome outcome = renewed.join();

        // then
        assertThat(outcome.reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
        assertThat(outcome.limit()).isEqualTo("a");
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void theSameWhateverTheViewShows() {
        // given
        UUID leaseId = hold("a", "b", "c").leases().get(0).leaseId();
        ledger.send(new DeleteLimit("b")).join();
        ledger.hideView();

        // when
        CompletableFuture<Outcome> renewed = limits.renew(leaseId, MINUTE, null);
        advance(LONGEST_LAG);
        Outcome outcome = renewed.join();

        // then
        assertThat(outcome.isHeld()).isFalse();
        assertThat(occupied("a")).isZero();
        assertThat(occupied("c")).isZero();
    }

    @Test
    void worksForLimitsOfOnePartition() {
        // given
        List<String> names = namesOfOnePartition();
        names.forEach(name -> put(name, 1));
        UUID leaseId = limits.acquire(Acquisition.of(names, 1, MINUTE, 0, null))
                .join()
                .leases()
                .get(0)
                .leaseId();
        ledger.hideView();

        // when
        List<Outcome> outcomes = List.of(
                limits.renew(leaseId, MINUTE, null).join(),
                limits.release(leaseId).join());

        // then
        assertThat(outcomes.get(0).leases()).extracting(Lease::limit).containsExactlyElementsOf(names);
        assertThat(names).allMatch(name -> occupied(name) == 0);
    }

    @Test
    void anUnknownLeaseIsGoneAndReleased() {
        // given
        UUID unknown = UUID.randomUUID();

        // when
        List<Outcome> outcomes = List.of(
                limits.renew(unknown, MINUTE, null).join(),
                limits.release(unknown).join());

        // then
        assertThat(outcomes.get(0).reply()).isInstanceOf(Refused.class);
        assertThat(outcomes.get(1).reply()).isEqualTo(new Released(unknown));
        assertThat(ledger.sent())
                .extracting(sent -> sent.command())
                .filteredOn(this::isForOne)
                .hasSize(3);
    }

    private boolean isForOne(LimitCommand command) {
        return command.limit() != null;
    }

    /** Leads to a partition where none of the limits is. */
    private static UUID idThatMisleads() {
        return IntStream.range(0, 100)
                .mapToObj(i -> LeaseIds.newFor("limit" + i))
                .filter(id -> List.of("a", "b", "c").stream()
                        .noneMatch(name -> LeaseIds.partition(name, 4) == LeaseIds.likelyPartition(id, 4)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> namesOfOnePartition() {
        return IntStream.range(0, 100)
                .mapToObj(i -> "limit" + i)
                .filter(name -> LeaseIds.partition(name, 4) == 1)
                .limit(3)
                .sorted()
                .toList();
    }
}
