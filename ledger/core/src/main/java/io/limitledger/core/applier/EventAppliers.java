package io.limitledger.core.applier;

import io.limitledger.core.dispatch.SubclassTable;
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
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.MutableLedgerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The appliers of all events, by class and version. They need no rules, so that an event of any version can be applied: live,
 * after a restart, and in an audit.
 *
 * <p>The version of an event is that of the rules that decided it. An event whose meaning changes with a version of the
 * rules gets a second applier from that version on; the first stays for the events that are in the log.
 */
public final class EventAppliers {
    private static final SubclassTable<Fact, List<Applier<?>>> TABLE = new Builder()
            .on(AcquireCancelled.class, 1, AcquireCancelledApplier::apply)
            .on(CommandRefused.class, 1, EventAppliers::changeNothing)
            .on(KeyDefined.class, 1, KeyDefinedApplier::apply)
            .on(KeysForgotten.class, 1, KeysForgottenApplier::apply)
            .on(LeaseDenied.class, 1, EventAppliers::changeNothing)
            .on(LeaseExpired.class, 1, LeaseExpiredApplier::apply)
            .on(LeaseGranted.class, 1, LeaseGrantedApplier::apply)
            .on(LeaseReleased.class, 1, LeaseReleasedApplier::apply)
            .on(LeaseRenewed.class, 1, LeaseRenewedApplier::apply)
            .on(LeaseSettled.class, 1, LeaseSettledApplier::apply)
            .on(LeasesProlonged.class, 1, LeasesProlongedApplier::apply)
            .on(LimitAdopted.class, 1, LimitAdoptedApplier::apply)
            .on(LimitCreated.class, 1, LimitCreatedApplier::apply)
            .on(LimitDeleted.class, 1, LimitDeletedApplier::apply)
            .on(LimitDeleted.class, 2, LimitDeletedV2Applier::apply)
            .on(LimitLeaving.class, 1, LimitLeavingApplier::apply)
            .on(LimitLeft.class, 1, LimitDeletedApplier::apply)
            .on(LimitLeft.class, 2, LimitDeletedV2Applier::apply)
            .on(LimitStayed.class, 1, LimitStayedApplier::apply)
            .on(LimitUpdated.class, 1, LimitUpdatedApplier::apply)
            .on(PartAdopted.class, 1, PartAdoptedApplier::apply)
            .on(SlotsReturned.class, 1, SlotsReturnedApplier::apply)
            .on(WaiterLeft.class, 1, WaiterLeftApplier::apply)
            .on(WaiterQueued.class, 1, WaiterQueuedApplier::apply)
            .table();

    private EventAppliers() {}

    /** What one event does to the state. */
    private interface Applier<F extends Fact> {
        /** Writes the records of leases and waiters, and returns the limit after the event; null if it no longer exists. */
        @Nullable
        Limit apply(F fact, Change change);
    }

    /**
     * Applies an event.
     *
     * @throws NullPointerException if the event is about a limit or a lease that does not exist
     */
    public static void apply(MutableLedgerState state, LimitEvent event) {
        PartitionTime.ahead(state, event.aheadMillis());
        Change change = new Change(state, event);
        Limit after = applier(event.fact(), event.rules()).apply(event.fact(), change);
        if (after != null) {
            change.tidyUp(after);
            state.put(after.decided(event.at(), event.number(), event.offset()));
        }
    }

    /** The newest that is not newer than the event; also for an event of rules that are not known here yet. */
    // Each applier is entered under the class of its facts.
    @SuppressWarnings("unchecked")
    private static <F extends Fact> Applier<F> applier(F fact, int version) {
        List<Applier<?>> versions = TABLE.of(fact);
        return (Applier<F>) versions.get(Math.max(1, Math.min(version, versions.size())) - 1);
    }

    private static Limit changeNothing(Fact fact, Change change) {
        return change.limit();
    }

    /** The table in the making: under each class the appliers of versions 1, 2 and so on. */
    private static final class Builder {
        private final Map<Class<? extends Fact>, List<Applier<?>>> appliers = new HashMap<>();

        /** @param since the version from which on the events of this class are applied by it, in ascending order */
        <F extends Fact> Builder on(Class<F> event, int since, Applier<? super F> applier) {
            List<Applier<?>> versions = appliers.computeIfAbsent(event, type -> new ArrayList<>());
            while (versions.size() < since - 1) {
                versions.add(versions.get(versions.size() - 1));
            }
            versions.add(applier);
            return this;
        }

        SubclassTable<Fact, List<Applier<?>>> table() {
            appliers.replaceAll((event, versions) -> List.copyOf(versions));
            return new SubclassTable<>(Fact.class, appliers);
        }
    }
}
