package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@link AcquireLease}. In order of precedence: no such limit; the id was used before (same request: same
 * answer); can never fit; needs a lease; too many leases; free, and the queue is empty: granted; willing to wait: queued, or
 * granted from a later time on where that time is known; otherwise denied. A check asks for the same and takes nothing.
 */
public final class AcquireLeaseRule {
    private AcquireLeaseRule() {}

    public static Reply decide(AcquireLease acquire, Draft draft) {
        return decide(acquire, true, draft);
    }

    /** A lease, where required, is what brings slots back that do not decay. */
    static Reply decide(AcquireLease asked, boolean leaseRequired, Draft draft) {
        AcquireLease acquire = asked.ownedBy(draft.by());
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("acquire slots of");
        }
        Reply earlier = acquire.check() ? null : earlierAnswer(acquire, draft);
        if (earlier != null) {
            return earlier;
        }
        Refused refused = refusal(acquire, leaseRequired, draft);
        if (refused != null) {
            return refused;
        }
        return acquire.check() ? check(acquire, draft) : take(acquire, draft);
    }

    private static Reply take(AcquireLease acquire, Draft draft) {
        if (isFree(acquire, draft)) {
            return Grant.to(acquire, draft);
        }
        return acquire.waitMillis() > 0 ? waitFor(acquire, draft) : deny(acquire, draft);
    }

    private static Checked check(AcquireLease acquire, Draft draft) {
        return new Checked(acquire.limit(), acquire.leaseId(), isFree(acquire, draft) ? null : denied(acquire, draft));
    }

    private static boolean isFree(AcquireLease acquire, Draft draft) {
        boolean isFirst = draft.limit().waiting() == 0 || Turn.isFirst(waiter(acquire, null, draft), draft);
        return isFirst && Grant.isPossible(acquire.claim(), draft);
    }

    private static @Nullable Reply earlierAnswer(AcquireLease acquire, Draft draft) {
        Lease lease = draft.state().lease(acquire.limit(), acquire.leaseId());
        if (lease != null) {
            return lease.claim().isRepeatedBy(acquire.claim())
                    ? new Granted(lease)
                    : taken(acquire, lease.claim(), draft);
        }
        Waiter waiter = draft.limit().waiting() == 0 ? null : draft.state().waiter(acquire.limit(), acquire.leaseId());
        if (waiter != null) {
            return waiter.claim().isRepeatedBy(acquire.claim())
                    ? waitOn(waiter, draft)
                    : taken(acquire, waiter.claim(), draft);
        }
        EndedLease ended = draft.ended(acquire.leaseId());
        return ended == null ? null : afterItsEnd(acquire, ended, draft);
    }

    private static Reply afterItsEnd(AcquireLease acquire, EndedLease ended, Draft draft) {
        Lease grant = ended.grant();
        if (grant != null) {
            return grant.claim().isRepeatedBy(acquire.claim())
                    ? new Granted(grant)
                    : taken(acquire, grant.claim(), draft);
        }
        return draft.refuse(
                acquire.leaseId(),
                Refused.Reason.LEASE_GONE,
                "Expected a lease id that was not used before, but " + RenewLeaseRule.endOf(ended, draft)
                        + "; ask with a new id");
    }

    private static Refused taken(AcquireLease acquire, Claim before, Draft draft) {
        if (!before.mayBeTouchedFor(acquire.claim().owner())) {
            return draft.refuse(
                    acquire.leaseId(),
                    Refused.Reason.LEASE_ID_TAKEN,
                    "Another principal was the first to ask with lease id " + acquire.leaseId()
                            + "; ask with a new id");
        }
        return draft.refuse(
                acquire.leaseId(),
                Refused.Reason.LEASE_ID_TAKEN,
                "Expected the same slots, leaseSeconds and holder as when lease id " + acquire.leaseId()
                        + " was first asked for, but they differ; ask with a new id");
    }

    private static @Nullable Refused refusal(AcquireLease acquire, boolean leaseRequired, Draft draft) {
        Limit limit = draft.limit();
        String exceeds = exceeds(acquire.claim(), draft);
        if (exceeds != null) {
            return draft.refuse(acquire.leaseId(), Refused.Reason.SLOTS_EXCEED_LIMIT, exceeds);
        }
        if (leaseRequired && acquire.leaseMillis() == 0 && requiresLease(acquire.claim(), draft)) {
            return draft.refuse(acquire.leaseId(), Refused.Reason.LEASE_REQUIRED, needsLease(limit));
        }
        if (acquire.claim().key() != null && !hasRoomForKey(acquire.claim().key(), draft)) {
            return tooManyKeys(acquire.leaseId(), draft);
        }
        if (acquire.leaseMillis() > 0 && limit.leases() >= Bounds.LEASES_PER_LIMIT) {
            return tooManyLeases(acquire, draft);
        }
        return null;
    }

    /** Those that are promised count too, so that no promise can be broken by this bound. */
    private static Refused tooManyLeases(AcquireLease acquire, Draft draft) {
        return draft.refuse(
                acquire.leaseId(),
                Refused.Reason.TOO_MANY_LEASES,
                "Expected fewer than " + Bounds.LEASES_PER_LIMIT + " leases on limit '" + acquire.limit()
                        + "', but it has " + draft.limit().leases() + " and "
                        + draft.limit().waiting()
                        + " who wait for one");
    }

    /** Whether a key that is new may get a record. Idle ones are forgotten first. */
    static boolean hasRoomForKey(String key, Draft draft) {
        String limit = draft.limit().name();
        if (draft.state().keyUse(limit, key) != null || draft.state().keys(limit) < Bounds.KEYS_PER_LIMIT) {
            return true;
        }
        IdleKeys.forget(draft);
        return draft.state().keys(limit) < Bounds.KEYS_PER_LIMIT;
    }

    static Refused tooManyKeys(@Nullable UUID leaseId, Draft draft) {
        return draft.refuse(
                leaseId,
                Refused.Reason.TOO_MANY_KEYS,
                "Limit '" + draft.limit().name() + "' has " + Bounds.KEYS_PER_LIMIT
                        + " keys in use, and no more are kept; ask again when some of them are idle");
    }

    /** Why a claim can never fit; null if it may. */
    static @Nullable String exceeds(Claim claim, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        long slots = claim.needed();
        if (!definition.mayEverFit(slots)) {
            Quota quota = definition.tooSmall(slots);
            boolean isLimit = slots > definition.limit() && definition.limit() > 0;
            return isLimit || quota == null ? exceeds(slots, limit) : exceeds(slots, quota, limit);
        }
        if (!definition.isKeyed() || !definition.active() || claim.key() == null) {
            return null;
        }
        return Room.of(claim, draft).bounds().mayEverFit(slots)
                ? null
                : "Key '" + claim.key() + "' of limit '" + limit.name() + "' may never take " + slots
                        + " slots at once; ask for fewer, or raise perKey or the bounds of the key";
    }

    private static String exceeds(long slots, Limit limit) {
        return "Expected at most the " + limit.definition().limit() + " slots of limit '" + limit.name() + "', but got "
                + slots + ", which can never fit";
    }

    private static String exceeds(long slots, Quota quota, Limit limit) {
        return "Expected at most the " + quota.slots() + " slots of a quota of limit '" + limit.name() + "', but got "
                + slots + ", which can never fit; ask for fewer, or raise the quota";
    }

    /** Whether slots without a lease would never come back: to the limit, or to the key. */
    static boolean requiresLease(Claim claim, Draft draft) {
        Definition definition = draft.limit().definition();
        return definition.requiresLease()
                || (definition.perKey() != null
                        && claim.key() != null
                        && Room.of(claim, draft).bounds().requiresLease());
    }

    static String needsLease(Limit limit) {
        return "Expected leaseSeconds of at least " + Bounds.SHORTEST_LEASE_MILLIS / 1_000
                + ", because slots of limit '" + limit.name() + "' do not decay, but got 0";
    }

    private static Reply waitFor(AcquireLease acquire, Draft draft) {
        Limit limit = draft.limit();
        if (limit.waiting() >= Bounds.WAITERS_PER_LIMIT) {
            return draft.refuse(
                    acquire.leaseId(),
                    Refused.Reason.TOO_MANY_WAITERS,
                    "Expected fewer than " + Bounds.WAITERS_PER_LIMIT + " waiters on limit '" + limit.name()
                            + "', but it has " + limit.waiting());
        }
        Obstacle full = limit.definition().isExtended() ? fullQueue(acquire, draft) : null;
        if (full != null) {
            return limit.definition().queueing().replacesOldest()
                    ? replaceOldest(acquire, full, draft)
                    : deny(acquire, Denied.Reason.QUEUE, full, draft);
        }
        Reservations promised = Promise.soFar(draft);
        return promised == null ? queue(acquire, draft) : reserve(acquire, promised, draft);
    }

    /** Whose queue is as long as it may be; null if a waiter more may come. */
    private static @Nullable Obstacle fullQueue(AcquireLease acquire, Draft draft) {
        Limit limit = draft.limit();
        Long ofLimit = limit.definition().queueing().maxWaiting();
        if (ofLimit != null && limit.waiting() >= ofLimit) {
            return new Obstacle(Obstacle.Scope.LIMIT, null);
        }
        String key =
                limit.definition().perKey() == null ? null : acquire.claim().key();
        if (key == null) {
            return null;
        }
        Long ofKey = Room.of(acquire.claim(), draft).bounds().maxWaiting();
        return ofKey != null && draft.state().waitingInGroup(limit.name(), key) >= ofKey
                ? new Obstacle(Obstacle.Scope.KEY, null)
                : null;
    }

    /** The newest wins: the one that came first makes room, and what it stood in the way of is served. */
    private static Reply replaceOldest(AcquireLease acquire, Obstacle full, Draft draft) {
        String limit = draft.limit().name();
        Waiter oldest = full.scope() == Obstacle.Scope.LIMIT
                ? draft.state().oldest(limit)
                : draft.state()
                        .oldestOfGroup(
                                limit, Objects.requireNonNull(acquire.claim().key()));
        if (oldest == null || oldest.startsAt() != null) {
            return deny(acquire, Denied.Reason.QUEUE, full, draft);
        }
        Promise.leave(oldest, WaiterLeft.Reason.REPLACED, draft);
        draft.answer(
                oldest.asker(),
                new Denied(
                        limit,
                        oldest.leaseId(),
                        Denied.Reason.REPLACED,
                        RetryTime.millis(oldest.claim(), draft),
                        full));
        HandOver.run(draft);
        return take(acquire, draft);
    }

    /** Where the start is known, it is promised; or the acquire is denied at once if that is later than it would wait. */
    private static Reply reserve(AcquireLease acquire, Reservations promised, Draft draft) {
        Definition definition = draft.limit().definition();
        long slots = acquire.claim().needed();
        long startsAt = Promise.startFor(slots, promised, draft);
        if (startsAt > draft.now() + acquire.waitMillis()) {
            return deny(acquire, draft);
        }
        if (acquire.leaseMillis() > 0 && draft.limit().leases() + draft.limit().waiting() >= Bounds.LEASES_PER_LIMIT) {
            return tooManyLeases(acquire, draft);
        }
        Waiter waiter = waiter(acquire, startsAt, draft).taking(slots);
        draft.append(new WaiterQueued(waiter, promised.with(slots, definition, startsAt, draft.aheadMillis())));
        return new Granted(waiter.promised(startsAt));
    }

    private static Queued queue(AcquireLease acquire, Draft draft) {
        Limit limit = draft.limit();
        Waiter waiter = waiter(acquire, null, draft);
        Long virtualTime = limit.definition().isFair() ? Turn.virtualTime(waiter, draft) : null;
        draft.append(new WaiterQueued(waiter, null, virtualTime));
        return queued(waiter, limit.waiting(), draft);
    }

    private static Queued queued(Waiter waiter, long ahead, Draft draft) {
        Limit limit = draft.limit();
        if (!limit.definition().isExtended() && waiter.claim().terms() == null) {
            return new Queued(limit.name(), waiter.leaseId(), ahead, waiter.until());
        }
        Room room = Room.of(waiter.claim(), draft);
        return new Queued(
                limit.name(), waiter.leaseId(), ahead, waiter.until(), room.obstacle(), estimate(waiter, ahead, draft));
    }

    /** When it may start if all goes on as of late: from how long a slot is held, and how many are ahead of it. */
    private static @Nullable Long estimate(Waiter waiter, long ahead, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        long slots = definition.hasLimit()
                ? definition.limit()
                : Room.of(waiter.claim(), draft).bounds().limit();
        if (slots == 0 || slots == Definition.UNBOUNDED) {
            return null;
        }
        double turns = Math.ceil((ahead + 1.0) * waiter.claim().needed() / slots);
        long bySlots = draft.now() + Math.round(turns * limit.demand().averageOccupancySeconds() * 1_000);
        long byQuotas = Room.of(waiter.claim(), draft).ofQuotasAt();
        return Math.max(bySlots, byQuotas == LedgerState.NEVER ? 0 : byQuotas);
    }

    static Waiter waiter(AcquireLease acquire, @Nullable Long startsAt, Draft draft) {
        return new Waiter(
                acquire.claim(),
                acquire.takeUpMillis(),
                draft.limit().nextPlace(),
                draft.now(),
                draft.now() + acquire.waitMillis(),
                startsAt,
                draft.entry().asker());
    }

    /** The waiter keeps its position; the outcome goes to the client that asked last. */
    private static Reply waitOn(Waiter known, Draft draft) {
        Waiter waiter = known.askedBy(draft.entry().asker());
        if (!Objects.equals(known.asker(), waiter.asker())) {
            draft.append(new WaiterQueued(waiter, draft.limit().reservations()));
        }
        Long startsAt = waiter.startsAt();
        return startsAt == null ? queued(waiter, ahead(waiter, draft), draft) : new Granted(waiter.promised(startsAt));
    }

    /** Exact unless a waiter in between left the queue; counting those would take longer the longer the queue is. */
    private static long ahead(Waiter waiter, Draft draft) {
        Waiter oldest = Objects.requireNonNull(draft.state().oldest(waiter.limit()));
        return Math.min(waiter.place() - oldest.place(), draft.limit().waiting() - 1);
    }

    private static Reply deny(AcquireLease acquire, Draft draft) {
        return deny(acquire, denied(acquire, draft), draft);
    }

    private static Reply deny(AcquireLease acquire, Denied.Reason reason, Obstacle obstacle, Draft draft) {
        long retryMillis = RetryTime.millis(acquire.claim(), draft);
        return deny(acquire, new Denied(acquire.limit(), acquire.leaseId(), reason, retryMillis, obstacle), draft);
    }

    private static Reply deny(AcquireLease acquire, Denied denied, Draft draft) {
        draft.append(new LeaseDenied(
                acquire.leaseId(),
                acquire.slots(),
                denied.reason(),
                denied.retryAfterMillis(),
                acquire.holder(),
                denied.obstacle()));
        return denied;
    }

    private static Denied denied(AcquireLease acquire, Draft draft) {
        boolean isPaused = draft.limit().definition().limit() == 0;
        Obstacle obstacle = Room.of(acquire.claim(), draft).obstacle();
        return new Denied(
                acquire.limit(),
                acquire.leaseId(),
                isPaused ? Denied.Reason.PAUSED : Room.reason(obstacle),
                RetryTime.millis(acquire.claim(), draft),
                obstacle);
    }
}
