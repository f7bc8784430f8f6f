package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.gateway.http.InMemoryLedger.Sent;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseFinderTest {
    private static final String LIMIT = "database";
    private static final int PARTITIONS = 4;
    private static final int HOME = LeaseIds.partition(LIMIT, PARTITIONS);

    private final InMemoryLedger ledger = new InMemoryLedger(PARTITIONS);
    private final LeaseFinder finder = new LeaseFinder(ledger, ledger, new VirtualTimer());

    /** An id made elsewhere, which hints at another partition than the limit's. */
    private final UUID foreignId = Stream.generate(UUID::randomUUID)
            .filter(id -> LeaseIds.likelyPartition(id, PARTITIONS) != HOME)
            .findFirst()
            .orElseThrow();

    @BeforeEach
    void createLimit() {
        ledger.send(new PutLimit(LIMIT, new Definition(10, 0, true), null, false))
                .join();
    }

    private void acquire(UUID leaseId) {
        ledger.send(new AcquireLease(LIMIT, leaseId, 1, 60_000, 0, null, List.of()))
                .join();
    }

    private Reply renew(UUID leaseId) {
        return finder.renew(leaseId, 60_000, null).join().reply();
    }

    private List<Sent> sentSince(int before) {
        return ledger.sent().subList(before, ledger.sent().size());
    }

    @Test
    void asksTheLimitThatTheViewShows() {
        // given
        acquire(foreignId);
        int before = ledger.sent().size();

        // when
        Reply reply = renew(foreignId);

        // then
        assertThat(reply).isInstanceOf(Renewed.class);
        assertThat(sentSince(before)).extracting(Sent::partition).containsExactly(HOME);
    }

    @Test
    void asksThePartitionInTheIdIfTheViewLags() {
        // given
        UUID ownId = LeaseIds.newFor(LIMIT);
        acquire(ownId);
        ledger.hideView();
        int before = ledger.sent().size();

        // when
        Reply reply = renew(ownId);

        // then
        assertThat(reply).isInstanceOf(Renewed.class);
        assertThat(sentSince(before)).extracting(Sent::partition).containsExactly(HOME);
    }

    @Test
    void asksAllPartitionsForAForeignIdIfTheViewLags() {
        // given
        acquire(foreignId);
        ledger.hideView();
        int before = ledger.sent().size();

        // when
        Reply reply = renew(foreignId);

        // then
        assertThat(reply).isInstanceOf(Renewed.class);
        assertThat(sentSince(before)).extracting(Sent::partition).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void findsNoLeaseAnywhere() {
        // when
        Reply reply = renew(foreignId);

        // then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
    }

    @Test
    void settlesAForeignIdIfTheViewLags() {
        // given
        acquire(foreignId);
        ledger.hideView();

        // when
        Outcome outcome = finder.settle(foreignId, 0).join();

        // then
        assertThat(outcome.leases())
                .singleElement()
                .satisfies(lease -> assertThat(lease.used()).isZero());
    }

    @Test
    void findsNothingToSettle() {
        // when
        Outcome outcome = finder.settle(foreignId, 0).join();

        // then
        assertThat(outcome.isGone()).isTrue();
    }

    @Test
    void releasesAForeignIdAsUsedIfTheViewLags() {
        // given
        ledger.send(new PutLimit(
                        LIMIT,
                        new Definition(
                                10, 0, true, List.of(new Quota(10, new SlidingPeriod(60))), null, Queueing.DEFAULT),
                        null,
                        false))
                .join();
        ledger.send(new AcquireLease(LIMIT, foreignId, 10, 60_000, 0, null, List.of()))
                .join();
        ledger.hideView();

        // when
        finder.release(foreignId, 3L).join();

        // then
        assertThat(ledger.limit(LIMIT).usage().windows().all().get(0).taken()).isEqualTo(3);
    }

    @Test
    void releasesAForeignIdIfTheViewLags() {
        // given
        acquire(foreignId);
        ledger.hideView();

        // when
        Reply reply = finder.release(foreignId, null).join().reply();

        // then
        assertThat(reply).isEqualTo(new Released(foreignId));
        assertThat(ledger.lease(foreignId)).isNull();
    }

    @Test
    void reportsThatNothingWasReleased() {
        // given
        acquire(foreignId);
        finder.release(foreignId, null).join();

        // when
        Outcome again = finder.release(foreignId, null).join();

        // then
        assertThat(again.isGone()).isTrue();
    }

    @Test
    void releasesOnTheLimitThatTheViewShows() {
        // given
        acquire(foreignId);
        int before = ledger.sent().size();

        // when
        finder.release(foreignId, null).join();

        // then
        assertThat(sentSince(before)).extracting(Sent::partition).containsExactly(HOME);
    }
}
