package io.limitledger.core.applier;

import io.limitledger.core.event.LeaseGranted.FairTurn;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.MutableLedgerState;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
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
    /** The waiter that waits no more. */
    private @Nullable Waiter left;

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

    /** A grant takes what it takes besides the slots of the limit. */
    Limit charge(Lease lease, @Nullable FairTurn turn, Limit limit) {
        Limit after = lease.fence() == null ? limit : limit.withFence(lease.fence());
        Spend spend = lease.spend();
        if (spend == null) {
            return after;
        }
        Windows.Now at = at(lease.startsAt());
        Definition definition = limit.definition();
        after = after.withWindows(limit.usage().windows().with(spend.windows(), definition.quotas(), at));
        if (spend.key() == null) {
            return after;
        }
        KeyUse before = KeyUse.of(spend.key(), limit, state, at, event.offset());
        KeyUse use = before.taking(lease, definition.boundsOf(before.override()), at);
        state.put(turn == null ? use : use.withVirtualTime(turn.to()));
        tidy(spend.key(), limit);
        return turn == null
                ? after
                : after.withVirtualTime(Math.max(limit.usage().virtualTime(), turn.from()));
    }

    /** Another number of slots was used than was taken. */
    Limit settle(Lease settled, Limit limit) {
        Lease before = charged(settled.leaseId());
        if (settled.leaseMillis() > 0) {
            state.put(settled);
        } else {
            EndedLease ended = Objects.requireNonNull(state.ended(event.limit(), settled.leaseId()));
            state.put(new EndedLease(ended.leaseId(), ended.limit(), ended.how(), ended.endedAt(), settled));
        }
        Spend was = Objects.requireNonNullElse(before.spend(), Spend.NOTHING);
        Spend is = settled.spend();
        if (is == null) {
            return limit;
        }
        Windows.Now at = at(event.at());
        Definition definition = limit.definition();
        if (is.key() != null) {
            KeyUse use = keyUse(is.key());
            state.put(use.settled(before, settled, definition.boundsOf(use.override()), at));
            tidy(is.key(), limit);
        }
        Windows rest = limit.usage().windows().without(was.windows());
        return limit.withWindows(rest.with(is.windows(), definition.quotas(), at));
    }

    /** What is charged under an id: a lease, or slots without one. */
    private Lease charged(UUID leaseId) {
        EndedLease ended = state.ended(event.limit(), leaseId);
        return ended == null ? lease(leaseId) : Objects.requireNonNull(ended.grant());
    }

    /** What an expired lease took of the quotas returns. */
    Limit refund(UUID leaseId, Limit limit) {
        Spend spend = lease(leaseId).spend();
        if (spend == null) {
            return limit;
        }
        if (spend.key() != null) {
            KeyUse use = keyUse(spend.key());
            state.put(use.with(use.windows().without(spend.keyWindows())));
        }
        return limit.withWindows(limit.usage().windows().without(spend.windows()));
    }

    /** What a key uses before the event: nothing once it is idle, record or no record. */
    KeyUse keyUse(String key) {
        return KeyUse.of(key, limit(), state, now(), event.offset());
    }

    /**
     * What a key uses, under other bounds than before.
     *
     * @param leasedMicros what its leases may still give back, where it ceases to decay: nothing else would ever drain
     */
    KeyUse converted(KeyUse use, KeyBounds before, KeyBounds after, long leasedMicros) {
        Bucket bucket = use.bucketAt(event.at(), before);
        boolean stopsDecaying = before.decays() && !after.decays();
        return use.with(use.windows().converted(before.quotas(), after.quotas(), now(), event.offset()))
                .with(stopsDecaying ? bucket.holdingOnly(leasedMicros) : bucket);
    }

    /** What a lease may still give back to its key. */
    long undecayedMicros(String key, Spend spend, Limit limit) {
        KeyUse use = keyUse(key);
        return use.bucketAt(event.at(), limit.definition().boundsOf(use.override()))
                .undecayedMicros(spend.keyMicros(), spend.keyDrainMark());
    }

    /** The time of the event. */
    Windows.Now now() {
        return at(event.at());
    }

    /** What takes place at a time, or at the time of the event if that is earlier. */
    private Windows.Now at(long startsAt) {
        return new Windows.Now(Math.min(startsAt, event.at()), event.aheadMillis());
    }

    /** A key that uses nothing, and with which no one waits, has no record. */
    void tidy(@Nullable String key, Limit limit) {
        KeyUse use = key == null || state.keys(limit.name()) == 0 ? null : state.keyUse(limit.name(), key);
        if (use != null
                && use.isIdle(limit.definition().boundsOf(use.override()), now())
                && state.waitingInGroup(limit.name(), use.key()) == 0) {
            state.removeKey(limit.name(), use.key());
        }
    }

    /** After the event: the key of a waiter that waits no more may use nothing. */
    void tidyUp(Limit limit) {
        if (left != null) {
            tidy(left.claim().key(), limit);
            // Where keys have no say any more, it may have waited among those without a key.
            tidy(KeyUse.WITHOUT_KEY, limit);
        }
    }

    Limit put(Waiter waiter, Limit limit) {
        Limit before = without(waiter.leaseId(), limit);
        state.put(waiter);
        return before.withWaiting(before.waiting() + 1, Math.max(limit.nextPlace(), waiter.place() + 1));
    }

    /** All that came with a limit, or with a part of it. */
    Limit adopt(List<Lease> leases, List<Waiter> waiters, List<KeyUse> keys, Limit limit) {
        keys.forEach(state::put);
        leases.forEach(state::put);
        waiters.forEach(state::put);
        return limit.withLeases(limit.leases() + leases.size())
                .withWaiting(limit.waiting() + waiters.size(), limit.nextPlace());
    }

    /** A lease that was held ends. */
    Limit end(UUID leaseId, EndedLease.How how, long endedAt, Limit limit) {
        Lease held = lease(leaseId);
        Limit after = remember(new EndedLease(held.leaseId(), held.limit(), how, endedAt, null), limit);
        if (held.group() != null) {
            KeyUse use = keyUse(held.group());
            state.put(use.without(held, limit.definition().boundsOf(use.override()), Math.min(endedAt, event.at())));
            tidy(held.group(), limit);
        }
        return after;
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
            left = waiter;
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
