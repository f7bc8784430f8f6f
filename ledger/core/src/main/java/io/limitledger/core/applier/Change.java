package io.limitledger.core.applier;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event while it is applied: what it finds in the state, and the records of lease ids that it changes, with their counts. */
final class Change {
    /** More than one, so that the memory of ended leases shrinks after a busy time; few, so that no event is slow. */
    private static final int FORGOTTEN_PER_EVENT = 2;

    private final MutableLedgerState state;
    private final LimitEvent event;

    Change(MutableLedgerState state, LimitEvent event) {
        this.state = state;
        this.event = event;
    }

    MutableLedgerState state() {
        return state;
    }

    LimitEvent event() {
        return event;
    }

    /** The limit before the event. */
    Limit limit() {
        return Objects.requireNonNull(
                state.limit(event.limit()),
                () -> "Event " + event.number() + " changes limit '" + event.limit() + "', which does not exist");
    }

    /** A lease before the event. */
    Lease lease(UUID leaseId) {
        return Objects.requireNonNull(
                state.lease(event.limit(), leaseId),
                () -> "Event " + event.number() + " changes lease " + leaseId + ", which is not held");
    }

    Limit put(Lease lease, Limit limit) {
        Limit before = without(lease.leaseId(), limit);
        state.put(lease);
        return before.withLeases(before.leases() + 1);
    }

    Limit put(Waiter waiter, Limit limit) {
        Limit before = without(waiter.leaseId(), limit);
        state.put(waiter);
        return before.withWaiting(before.waiting() + 1, Math.max(limit.nextPlace(), waiter.place() + 1));
    }

    /** All that came with a limit, or with a part of it. */
    Limit adopt(List<Lease> leases, List<Waiter> waiters, Limit limit) {
        leases.forEach(state::put);
        waiters.forEach(state::put);
        return limit.withLeases(limit.leases() + leases.size())
                .withWaiting(limit.waiting() + waiters.size(), limit.nextPlace());
    }

    /** A lease that was held ends. */
    Limit end(UUID leaseId, EndedLease.How how, long endedAt, Limit limit) {
        Lease held = lease(leaseId);
        return remember(new EndedLease(held.leaseId(), held.limit(), how, endedAt, null), limit);
    }

    /** An id ends at the time of the event, whatever it was before. */
    Limit end(UUID leaseId, EndedLease.How how, @Nullable Lease grant, Limit limit) {
        return remember(new EndedLease(leaseId, event.limit(), how, event.at(), grant), limit);
    }

    private Limit remember(EndedLease ended, Limit limit) {
        Limit before = without(ended.leaseId(), limit);
        state.put(ended);
        long remembered = before.ended() + 1;
        return before.withEnded(remembered - forget(limit.name(), remembered));
    }

    /**
     * Takes an id out of the counts, since another record replaces its own. The id may have ended so long ago that the rules
     * no longer know of it.
     */
    private Limit without(UUID leaseId, Limit limit) {
        LeaseRecord before = state.leaseRecord(limit.name(), leaseId);
        if (before instanceof Waiter waiter) {
            return leave(waiter, limit);
        }
        if (before instanceof Lease) {
            return limit.withLeases(limit.leases() - 1);
        }
        return before instanceof EndedLease ? limit.withEnded(limit.ended() - 1) : limit;
    }

    private static Limit leave(Waiter waiter, Limit limit) {
        long left = limit.waiting() - 1;
        Limit after = limit.withWaiting(left, limit.nextPlace());
        Reservations promised = limit.reservations();
        return after.withReservations(left == 0 || promised == null ? null : promised.without(waiter));
    }

    /** Returns how many ended leases were forgotten. */
    private long forget(String limit, long remembered) {
        long forgotten = 0;
        while (forgotten < Math.min(FORGOTTEN_PER_EVENT, remembered)) {
            boolean isOver = EndedLease.isForgottenAt(event.at(), state.firstEndedAt(limit))
                    || remembered - forgotten > Bounds.ENDED_PER_LIMIT;
            if (!isOver) {
                break;
            }
            state.removeFirstEnded(limit);
            forgotten++;
        }
        return forgotten;
    }
}
