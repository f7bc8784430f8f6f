package io.limitledger.core.event;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.EndedLease.How;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each event does to the state. It copies facts and decides nothing, so that events of any rules version can be
 * applied: live, after a restart, and in an audit.
 */
public final class Evolution {
    /** More than one, so that what is remembered shrinks again after a busy time; few, so that no event is slow. */
    private static final int FORGOTTEN_PER_EVENT = 2;

    /** The first rules had a time for each limit, and none for the partition. */
    private static final int RULES_WITH_TIME = 2;

    private final MutableLedgerState state;
    private final LimitEvent event;

    private Evolution(MutableLedgerState state, LimitEvent event) {
        this.state = state;
        this.event = event;
    }

    public static void apply(MutableLedgerState state, LimitEvent event) {
        new Evolution(state, event).apply(event.fact());
    }

    /**
     * A heartbeat. Alone of all that changes the state it is no event, since it belongs to no limit; what follows from it
     * for a limit is an event of that limit.
     *
     * @param at epoch milliseconds
     */
    public static void heard(MutableLedgerState state, long at) {
        LeaseClock before = state.leaseClock();
        LeaseClock after = before.heard(at, state.holdsLeases());
        if (!after.equals(before)) {
            state.put(after);
        }
    }

    /**
     * The first lease of a partition in which none was held: the ledger was there when it was granted, and an absence before it
     * prolongs nothing.
     *
     * @param at epoch milliseconds
     */
    public static void heardFirst(MutableLedgerState state, long at) {
        LeaseClock before = state.leaseClock();
        state.put(new LeaseClock(at, List.of(), before.aheadMillis(), before.reachedAt()));
    }

    /** By how much the time of a partition is ahead of the broker's clock from now on. */
    public static void ahead(MutableLedgerState state, long millis) {
        LeaseClock clock = state.leaseClock();
        if (clock.aheadMillis() != millis) {
            state.put(clock.ahead(millis));
        }
    }

    /** The time has come so far, and nothing else that is kept will show it. */
    public static void reached(MutableLedgerState state, long at) {
        state.put(state.leaseClock().reached(at));
    }

    private void apply(Fact fact) {
        ahead(state, event.aheadMillis());
        if (fact instanceof LimitDeleted || fact instanceof LimitLeft) {
            if (event.rules() >= RULES_WITH_TIME) {
                reached(state, event.at());
            }
            state.removeLimit(event.limit(), event.offset());
            return;
        }
        Limit limit = isFirst(fact) ? create(fact) : change(limit(), fact);
        state.put(limit.decided(event.at(), event.number(), event.offset()));
    }

    private Limit change(Limit limit, Fact fact) {
        if (fact instanceof LeaseGranted granted) {
            return grant(limit, granted);
        }
        if (fact instanceof LeaseReleased released) {
            Limit after = limit.withBucket(released.bucket())
                    .withDemand(released.demand())
                    .withReservations(released.reservations());
            return end(after, released.leaseId(), How.RELEASED, event.at());
        }
        if (fact instanceof LeaseExpired expired) {
            Limit after = limit.withBucket(expired.bucket())
                    .withDemand(expired.demand())
                    .withReservations(expired.reservations());
            return end(after, expired.leaseId(), How.EXPIRED, expired.expiresAt());
        }
        if (fact instanceof LeaseRenewed renewed) {
            state.put(lease(renewed.leaseId()).renewed(renewed.expiresAt(), renewed.holder()));
            return limit;
        }
        if (fact instanceof LeasesProlonged prolonged) {
            return limit.withProlongedMillis(limit.prolongedMillis() + prolonged.byMillis());
        }
        if (fact instanceof WaiterQueued queued) {
            return queue(limit, queued.waiter()).withReservations(queued.reservations());
        }
        if (fact instanceof WaiterLeft left) {
            return remember(limit, ended(left.leaseId(), How.CANCELLED, null)).withReservations(left.reservations());
        }
        if (fact instanceof AcquireCancelled cancelled) {
            return remember(limit, ended(cancelled.leaseId(), How.CANCELLED, null));
        }
        if (fact instanceof LimitUpdated updated) {
            return limit.redefined(updated.definition(), event.at())
                    .withBucket(updated.bucket())
                    .withDemand(updated.demand())
                    .withReservations(updated.reservations());
        }
        if (fact instanceof SlotsReturned returned) {
            return limit.withBucket(returned.bucket())
                    .withDemand(returned.demand())
                    .withReservations(returned.reservations());
        }
        if (fact instanceof LimitLeaving leaving) {
            return limit.moving(Move.leaving(leaving.newName(), leaving.asker()));
        }
        if (fact instanceof LimitStayed) {
            return limit.moving(null);
        }
        if (fact instanceof PartAdopted part) {
            Move move = Objects.requireNonNull(limit.move());
            return adopt(limit, part.leases(), part.waiters()).moving(move.withNextPart());
        }
        if (fact instanceof LeaseDenied || fact instanceof CommandRefused) {
            return limit;
        }
        throw new IllegalStateException("Expected an applier for each event, but found none for " + fact.type());
    }

    private static boolean isFirst(Fact fact) {
        return fact instanceof LimitCreated || fact instanceof LimitAdopted;
    }

    private Limit create(Fact fact) {
        if (fact instanceof LimitAdopted adopted) {
            return adopt(adopted.limit(), adopted.leases(), adopted.waiters());
        }
        LimitCreated created = (LimitCreated) fact;
        return Limit.created(event.limit(), created.limitId(), created.definition(), event.at());
    }

    private Limit adopt(Limit limit, List<Lease> leases, List<Waiter> waiters) {
        leases.forEach(state::put);
        waiters.forEach(state::put);
        return limit.withLeases(limit.leases() + leases.size())
                .withWaiting(limit.waiting() + waiters.size(), limit.nextPlace());
    }

    private Limit grant(Limit limit, LeaseGranted granted) {
        Lease lease = granted.lease();
        if (lease.leaseMillis() == 0) {
            return remember(limit, ended(lease.leaseId(), How.UNLEASED, lease)).withBucket(granted.bucket());
        }
        Limit served = without(limit, lease.leaseId()).withBucket(granted.bucket());
        state.put(lease);
        return served.withLeases(served.leases() + 1);
    }

    private Limit end(Limit limit, UUID leaseId, How how, long endedAt) {
        Lease held = lease(leaseId);
        return remember(limit, new EndedLease(held.leaseId(), held.limit(), how, endedAt, null));
    }

    private Limit queue(Limit limit, Waiter waiter) {
        Limit before = without(limit, waiter.leaseId());
        state.put(waiter);
        return before.withWaiting(before.waiting() + 1, Math.max(limit.nextPlace(), waiter.place() + 1));
    }

    /**
     * Takes an id out of the counts, since something else comes in its place. It may have ended so long ago that it is as
     * good as forgotten.
     */
    private Limit without(Limit limit, UUID leaseId) {
        LeaseRecord before = state.leaseRecord(limit.name(), leaseId);
        if (before instanceof Waiter waiter) {
            return leave(limit, waiter);
        }
        if (before instanceof Lease) {
            return limit.withLeases(limit.leases() - 1);
        }
        return before instanceof EndedLease ? limit.withEnded(limit.ended() - 1) : limit;
    }

    private static Limit leave(Limit limit, Waiter waiter) {
        long left = limit.waiting() - 1;
        Limit after = limit.withWaiting(left, limit.nextPlace());
        Reservations promised = limit.reservations();
        return after.withReservations(left == 0 || promised == null ? null : promised.without(waiter));
    }

    private EndedLease ended(UUID leaseId, How how, @Nullable Lease grant) {
        return new EndedLease(leaseId, event.limit(), how, event.at(), grant);
    }

    private Limit remember(Limit limit, EndedLease ended) {
        Limit before = without(limit, ended.leaseId());
        state.put(ended);
        long remembered = before.ended() + 1;
        return before.withEnded(remembered - forget(limit.name(), remembered));
    }

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

    private Limit limit() {
        return Objects.requireNonNull(
                state.limit(event.limit()),
                () -> "Expected limit '" + event.limit() + "' to exist at event " + event.number()
                        + ", but it does not");
    }

    private Lease lease(UUID leaseId) {
        return Objects.requireNonNull(
                state.lease(event.limit(), leaseId),
                () -> "Expected lease " + leaseId + " to be held at event " + event.number() + ", but it is not");
    }
}
