package io.limitledger.core.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.event.AcquireCancelled;
import io.limitledger.core.event.CommandRefused;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.KeyDefined;
import io.limitledger.core.event.KeysForgotten;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.LimitStayed;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventAppliersTest {
    private static final UUID HELD = new UUID(0, 1);
    private static final UUID WAITS = new UUID(0, 2);
    private static final UUID UNKNOWN = new UUID(0, 3);
    private static final Bucket BUCKET = Bucket.empty(5);
    private static final Demand DEMAND = new Demand(2, 0, 5);
    private static final Definition DEFINITION = new Definition(1, 0, true);

    private static final Map<Class<?>, Fact> FACTS = Stream.of(
                    new AcquireCancelled(UNKNOWN),
                    new CommandRefused("RenewLease", UNKNOWN, Refused.Reason.LEASE_GONE),
                    new KeyDefined("eu", new KeyOverride(2L, null, null, null, null)),
                    new KeysForgotten(List.of("eu")),
                    new LeaseDenied(UNKNOWN, 1, Denied.Reason.FULL, 1, null),
                    new LeaseExpired(HELD, 5, 0, BUCKET, DEMAND, null),
                    new LeaseGranted(lease(UNKNOWN), 0, BUCKET),
                    new LeaseReleased(HELD, 0, BUCKET, DEMAND, null),
                    new LeaseRenewed(HELD, 99, null),
                    new LeaseSettled(lease(HELD).settled(3, 0, null), 0, BUCKET, null),
                    new LeasesProlonged(7),
                    new LimitAdopted(
                            "old",
                            new SealedLimit(Limit.created("db", UNKNOWN, DEFINITION, 5), null),
                            List.of(),
                            List.of()),
                    new LimitCreated(UNKNOWN, DEFINITION),
                    new LimitDeleted(),
                    new LimitLeaving("new", null),
                    new LimitLeft("new"),
                    new LimitStayed("new"),
                    new LimitUpdated(DEFINITION, BUCKET, DEMAND, null),
                    new PartAdopted(List.of(lease(UNKNOWN)), List.of()),
                    new SlotsReturned(0, BUCKET, DEMAND, null),
                    new WaiterLeft(WAITS, WaiterLeft.Reason.CANCELLED, null, null),
                    new WaiterQueued(waiter(UNKNOWN, 2), null))
            .collect(Collectors.toMap(Fact::getClass, Function.identity()));

    private final HeapRecords records = new HeapRecords();
    private final IndexedLedgerState state = new IndexedLedgerState(records);
    private long number;

    static Stream<Class<?>> facts() {
        return Stream.of(Fact.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("facts")
    void appliesEachFact(Class<?> type) {
        // given
        Fact fact = Objects.requireNonNull(FACTS.get(type), "Expected an example of " + type);
        happen(new LimitCreated(UNKNOWN, DEFINITION));
        happen(new LeaseGranted(lease(HELD), 0, BUCKET));
        happen(new WaiterQueued(waiter(WAITS, 1), null));
        happen(new LimitLeaving("new", null));

        // when
        happen(fact);

        // then
        boolean isLast = fact instanceof LimitDeleted || fact instanceof LimitLeft;
        assertThat(Optional.ofNullable(records.limit("db")).map(Limit::number))
                .isEqualTo(isLast ? Optional.empty() : Optional.of(5L));
    }

    /** Version 3 is not known here: an older auditor applies what it knows. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 15", "3, 15"})
    void appliesAnEventByItsVersion(int rules, long reachedAt) {
        // given
        happen(new LimitCreated(UNKNOWN, DEFINITION));

        // when
        EventAppliers.apply(state, new LimitEvent("db", 2, 15, rules, 2, new LimitDeleted()));

        // then
        assertThat(records.leaseClock()).isEqualTo(LeaseClock.RESTING.reached(reachedAt));
    }

    @Test
    void remembersNoMoreEndedLeasesThanItsBound() {
        happen(new LimitCreated(UNKNOWN, DEFINITION));
        for (long id = 1; id <= Bounds.ENDED_PER_LIMIT + 5; id++) {
            happen(new AcquireCancelled(new UUID(0, id)));
        }

        assertThat(Objects.requireNonNull(records.limit("db")).ended()).isEqualTo(Bounds.ENDED_PER_LIMIT);
        assertThat(records.ended("db", new UUID(0, 5))).isNull();
        assertThat(records.ended("db", new UUID(0, 6))).isNotNull();
    }

    /** Forgotten by the rules, an id may still have its record. */
    @Test
    void countsAnIdOnceThatIsUsedAgainAfterItsEnd() {
        happen(new LimitCreated(UNKNOWN, DEFINITION));
        happen(new AcquireCancelled(HELD));
        happen(new AcquireCancelled(WAITS));

        happen(new LeaseGranted(lease(HELD), 0, BUCKET));
        happen(new WaiterQueued(waiter(WAITS, 1), null));

        Limit limit = Objects.requireNonNull(records.limit("db"));
        assertThat(limit.ended()).isZero();
        assertThat(limit.leases()).isEqualTo(1);
        assertThat(limit.waiting()).isEqualTo(1);
        assertThat(records.ended("db", HELD)).isNull();
    }

    @Test
    void needsTheLimitThatAnEventIsAbout() {
        assertThatThrownBy(() -> happen(new LeaseReleased(HELD, 0, BUCKET, DEMAND, null)))
                .hasMessage("Event 1 changes limit 'db', which does not exist");
    }

    @Test
    void needsTheLeaseThatAnEventIsAbout() {
        happen(new LimitCreated(UNKNOWN, DEFINITION));

        assertThatThrownBy(() -> happen(new LeaseReleased(HELD, 0, BUCKET, DEMAND, null)))
                .hasMessage("Event 2 changes lease " + HELD + ", which is not held");
    }

    private void happen(Fact fact) {
        number++;
        EventAppliers.apply(state, new LimitEvent("db", number, 5 + number, 1, number, fact));
    }

    private static Lease lease(UUID id) {
        return new Lease(new Claim(id, "db", 1, 1_000, null, List.of()), 0, 0, 0, 0, 60, null);
    }

    private static Waiter waiter(UUID id, long place) {
        return new Waiter(new Claim(id, "db", 1, 1_000, null, List.of()), null, place, 0, 60, null, null);
    }
}
