package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Acquiring several limits of which each answers at once. */
class LeasesTest extends LeasesFixture {
    @Test
    void acquiresAllUnderOneIdForTheWholeTime() {
        // when
        Outcome outcome = limits.acquire(all(0)).join();

        // then
        long end = InMemoryLedger.START.toEpochMilli() + MINUTE;
        assertThat(outcome.reply()).isInstanceOf(Granted.class);
        assertThat(outcome.leases()).extracting(Lease::limit).containsExactly("a", "b", "c");
        assertThat(outcome.leases())
                .extracting(Lease::leaseId)
                .containsOnly(outcome.leases().get(0).leaseId());
        assertThat(outcome.leases()).extracting(Lease::expiresAt).containsOnly(end);
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void namesTheOthersInEachLease() {
        // when
        List<Lease> leases = limits.acquire(all(0)).join().leases();

        // then
        assertThat(leases)
                .extracting(Lease::siblings)
                .containsExactly(List.of("b", "c"), List.of("a", "c"), List.of("a", "b"));
    }

    @Test
    void makesAnIdThatLeadsToTheFirstLimit() {
        // when
        UUID leaseId = limits.acquire(all(0)).join().leases().get(0).leaseId();

        // then
        assertThat(LeaseIds.likelyPartition(leaseId, 4)).isEqualTo(LeaseIds.partition("a", 4));
    }

    @Test
    void asksInOneOrderWhateverTheCallersOrder() {
        // given
        int before = ledger.sent().size();

        // when
        limits.acquire(Acquisition.of(List.of("c", "b", "c", "a", "a"), 1, MINUTE, 0, null))
                .join();

        // then
        assertThat(sentSince(before).subList(0, 3)).allMatch(AcquireLease.class::isInstance);
        assertThat(sentSince(before)).extracting(LimitCommand::limit).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void asksOneLimitJustOnce() {
        // given
        int before = ledger.sent().size();
        Acquisition one = Acquisition.of(List.of("a", "a"), 1, MINUTE, 30_000, null);

        // when
        limits.acquire(one).join();

        // then
        assertThat(sentSince(before))
                .containsExactly(new AcquireLease("a", one.leaseId(), 1, MINUTE, 30_000, null, List.of()));
    }

    @Test
    void givesBackWhatItTookWhenALaterLimitDenies() {
        // given
        hold("c");
        int before = ledger.sent().size();

        // when
        Outcome outcome = limits.acquire(all(0)).join();

        // then
        assertThat(outcome.reply()).isInstanceOf(Denied.class);
        assertThat(outcome.limit()).isEqualTo("c");
        assertThat(outcome.leases()).isEmpty();
        assertThat(occupied()).containsExactly(0.0, 0.0, 1.0);
        assertThat(sentSince(before)).noneMatch(RenewLease.class::isInstance);
        assertThat(sentSince(before))
                .filteredOn(ReleaseLease.class::isInstance)
                .extracting(LimitCommand::limit)
                .containsExactly("a", "b");
    }

    @Test
    void givesBackWhatItTookWhenALaterLimitDoesNotExist() {
        // given
        Acquisition acquisition = Acquisition.of(List.of("a", "z", "b"), 1, MINUTE, 0, null);

        // when
        Outcome outcome = limits.acquire(acquisition).join();

        // then
        assertThat(outcome.reply())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LIMIT_NOT_FOUND));
        assertThat(outcome.limit()).isEqualTo("z");
        assertThat(occupied()).containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void repeatsTheSameGrant() {
        // given
        Acquisition acquisition = all(0);
        limits.acquire(acquisition).join();

        // when
        Outcome again = limits.acquire(acquisition).join();

        // then
        assertThat(again.isHeld()).isTrue();
        assertThat(occupied()).containsExactly(1.0, 1.0, 1.0);
    }
}
