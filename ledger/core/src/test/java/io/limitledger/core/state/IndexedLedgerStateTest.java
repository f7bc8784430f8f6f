package io.limitledger.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IndexedLedgerStateTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    private final HeapRecords records = new HeapRecords();
    private final IndexedLedgerState state = new IndexedLedgerState(records);

    @Test
    void ordersLeasesByExpiry() {
        state.put(lease(A, "db", 30));
        state.put(lease(B, "db", 10));
        state.put(lease(C, "db", 20));

        assertThat(state.leases("db")).extracting(Lease::leaseId).containsExactly(B, C, A);
        assertThat(state.firstToExpire("db")).isEqualTo(lease(B, "db", 10));
        assertThat(state.firstExpiryAt("db")).isEqualTo(10);
    }

    @Test
    void findsThePagesOfLeasesThatWereProlonged() {
        Definition definition = new Definition(9, 0, true);
        state.put(Limit.created("db", A, definition, 0).withProlongedMillis(5));
        state.put(lease(A, "db", 10));
        state.put(lease(B, "db", 20));

        assertThat(state.leases("db", 1)).extracting(Lease::leaseId).containsExactly(A);
        assertThat(state.leasesAfter("db", 10, A, 9)).extracting(Lease::leaseId).containsExactly(B);
        assertThat(state.leasesAfter("db", Long.MIN_VALUE, A, 9)).hasSize(2);
        assertThat(state.leasesAfter("db", Long.MAX_VALUE, A, 9)).isEmpty();
    }

    @Test
    void movesALeaseWithItsExpiry() {
        state.put(lease(A, "db", 10));
        state.put(lease(B, "db", 20));
        state.put(lease(A, "db", 30));

        assertThat(state.leases("db")).extracting(Lease::leaseId).containsExactly(B, A);
    }

    @Test
    void ordersWaitersByPlaceAndByTheEndOfTheirWait() {
        state.put(waiter(A, 3, 30));
        state.put(waiter(B, 1, 20));
        state.put(waiter(C, 2, 10));

        assertThat(state.waiters("db")).extracting(Waiter::leaseId).containsExactly(B, C, A);
        assertThat(state.firstInQueue("db", 0)).isEqualTo(waiter(B, 1, 20));
        assertThat(state.firstToGiveUp("db")).isEqualTo(waiter(C, 2, 10));
        assertThat(state.firstGiveUpAt("db")).isEqualTo(10);
    }

    @Test
    void ordersEndedLeasesByTheirEnd() {
        state.put(ended(A, 20));
        state.put(ended(B, 10));

        assertThat(state.firstEndedAt("db")).isEqualTo(10);
        assertThat(state.endedOf("db")).containsExactly(ended(B, 10), ended(A, 20));
    }

    @Test
    void movesAnEndedLeaseThatEndedAgain() {
        state.put(ended(A, 10));
        state.put(ended(B, 20));
        state.put(ended(A, 30));

        assertThat(state.endedOf("db")).containsExactly(ended(B, 20), ended(A, 30));
        state.removeFirstEnded("db");
        assertThat(state.endedOf("db")).containsExactly(ended(A, 30));
        state.removeFirstEnded("db");
        assertThat(state.firstEndedAt("db")).isEqualTo(LedgerState.NEVER);
    }

    @Test
    void putsWhatBecomesOfAnIdInThePlaceOfWhatItWas() {
        state.put(waiter(A, 1, 10));
        state.put(lease(A, "db", 20));

        assertThat(state.lease("db", A)).isEqualTo(lease(A, "db", 20));
        assertThat(state.waiters("db")).isEmpty();
        assertThat(state.firstGiveUpAt("db")).isEqualTo(LedgerState.NEVER);
        assertThat(state.limitOf(A)).isEqualTo("db");

        state.put(ended(A, 15));

        assertThat(state.ended("db", A)).isEqualTo(ended(A, 15));
        assertThat(state.leases("db")).isEmpty();
        assertThat(state.limitOf(A)).isNull();

        state.put(lease(A, "db", 30));

        assertThat(state.endedOf("db")).isEmpty();
        assertThat(state.firstToExpire("db")).isEqualTo(lease(A, "db", 30));
    }

    @Test
    void knowsNothingOfALimitThatHasNothing() {
        assertThat(state.firstToExpire("db")).isNull();
        assertThat(state.firstExpiryAt("db")).isEqualTo(LedgerState.NEVER);
        assertThat(state.firstInQueue("db", 0)).isNull();
        assertThat(state.firstToGiveUp("db")).isNull();
        assertThat(state.firstGiveUpAt("db")).isEqualTo(LedgerState.NEVER);
        assertThat(state.firstEndedAt("db")).isEqualTo(LedgerState.NEVER);
        assertThat(state.leases("db")).isEmpty();
        assertThat(state.waiters("db")).isEmpty();
        assertThat(state.limitOf(A)).isNull();
    }

    @Test
    void findsTheFirstLimitOnWhichAnIdHoldsOrWaits() {
        state.put(lease(A, "net", 10));
        assertThat(state.limitOf(A)).isEqualTo("net");

        state.put(waiter(A, 1, 10));
        assertThat(state.limitOf(A)).isEqualTo("db");

        state.remove("db", A);
        assertThat(state.limitOf(A)).isEqualTo("net");

        state.remove("net", A);
        assertThat(state.limitOf(A)).isNull();
    }

    @Test
    void findsTheOtherLimitOfAnIdAlsoAfterARestart() {
        state.put(lease(A, "db", 10));
        state.put(lease(A, "net", 10));
        state.remove("db", A);

        assertThat(state.limitOf(A)).isEqualTo("net");
        assertThat(new IndexedLedgerState(records).limitOf(A)).isEqualTo("net");
    }

    @Test
    void forgetsALimitWithAllThatBelongsToIt() {
        state.put(lease(A, "db", 10));
        state.put(waiter(B, 1, 10));
        state.put(ended(C, 10));

        state.removeLimit("db", 0);

        assertThat(records.isEmpty()).isTrue();
        assertThat(state.limitOf(A)).isNull();
        assertThat(state.limitOf(B)).isNull();
        assertThat(state.firstEndedAt("db")).isEqualTo(LedgerState.NEVER);
    }

    @Test
    void worksOutItsOrdersFromTheRecords() {
        state.put(lease(A, "db", 10));
        state.put(waiter(B, 1, 20));
        state.put(ended(C, 30));

        IndexedLedgerState again = new IndexedLedgerState(records);

        assertThat(again.firstToExpire("db")).isEqualTo(lease(A, "db", 10));
        assertThat(again.firstInQueue("db", 0)).isEqualTo(waiter(B, 1, 20));
        assertThat(again.firstToGiveUp("db")).isEqualTo(waiter(B, 1, 20));
        assertThat(again.firstEndedAt("db")).isEqualTo(30);
        assertThat(again.limitOf(A)).isEqualTo("db");
        assertThat(again.limitOf(B)).isEqualTo("db");
    }

    private static Lease lease(UUID id, String limit, long expiresAt) {
        return new Lease(new Claim(id, limit, 1, 1_000, null, List.of()), Bucket.MICROS, 0, 0, 0, expiresAt, null);
    }

    private static Waiter waiter(UUID id, long place, long until) {
        return new Waiter(new Claim(id, "db", 1, 1_000, null, List.of()), null, place, 0, until, null, null);
    }

    private static EndedLease ended(UUID id, long endedAt) {
        return new EndedLease(id, "db", EndedLease.How.RELEASED, endedAt, null);
    }
}
