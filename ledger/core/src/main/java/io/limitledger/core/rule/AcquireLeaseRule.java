package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@link AcquireLease}. In order of precedence: no such limit; the id was used before (same request: same
 * answer); can never fit; needs a lease; too many leases; free, and the queue is empty: granted; willing to wait: queued, or
 * granted from a later time on where that time is known; otherwise denied.
 */
public final class AcquireLeaseRule {
    private AcquireLeaseRule() {}

    public static Reply decide(AcquireLease acquire, Draft draft) {
        return decide(acquire, true, draft);
    }

    /** A lease, where required, is what brings slots back that do not decay. */
    static Reply decide(AcquireLease acquire, boolean leaseRequired, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("acquire slots of");
        }
        Reply earlier = earlierAnswer(acquire, draft);
        if (earlier != null) {
            return earlier;
        }
        Refused refused = refusal(acquire, leaseRequired, draft);
        if (refused != null) {
            return refused;
        }
        if (draft.limit().waiting() == 0 && Grant.isPossible(acquire.slots(), acquire.leaseMillis(), draft)) {
            return Grant.to(acquire, draft);
        }
        return acquire.waitMillis() > 0 ? waitFor(acquire, draft) : deny(acquire, draft);
    }

    private static @Nullable Reply earlierAnswer(AcquireLease acquire, Draft draft) {
        Lease lease = draft.state().lease(acquire.limit(), acquire.leaseId());
        if (lease != null) {
            return lease.claim().isRepeatedBy(acquire.claim()) ? new Granted(lease) : taken(acquire, draft);
        }
        Waiter waiter = draft.limit().waiting() == 0 ? null : draft.state().waiter(acquire.limit(), acquire.leaseId());
        if (waiter != null) {
            return waiter.claim().isRepeatedBy(acquire.claim()) ? waitOn(waiter, draft) : taken(acquire, draft);
        }
        EndedLease ended = draft.ended(acquire.leaseId());
        return ended == null ? null : afterItsEnd(acquire, ended, draft);
    }

    private static Reply afterItsEnd(AcquireLease acquire, EndedLease ended, Draft draft) {
        Lease grant = ended.grant();
        if (grant != null) {
            return grant.claim().isRepeatedBy(acquire.claim()) ? new Granted(grant) : taken(acquire, draft);
        }
        return draft.refuse(
                acquire.leaseId(),
                Refused.Reason.LEASE_GONE,
                "Expected a lease id that was not used before, but " + RenewLeaseRule.endOf(ended, draft)
                        + "; ask with a new id");
    }

    private static Refused taken(AcquireLease acquire, Draft draft) {
        return draft.refuse(
                acquire.leaseId(),
                Refused.Reason.LEASE_ID_TAKEN,
                "Expected the same slots, leaseSeconds and holder as when lease id " + acquire.leaseId()
                        + " was first asked for, but they differ; ask with a new id");
    }

    private static @Nullable Refused refusal(AcquireLease acquire, boolean leaseRequired, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        if (!definition.mayEverFit(acquire.slots())) {
            return draft.refuse(acquire.leaseId(), Refused.Reason.SLOTS_EXCEED_LIMIT, exceeds(acquire.slots(), limit));
        }
        if (leaseRequired && definition.requiresLease() && acquire.leaseMillis() == 0) {
            return draft.refuse(acquire.leaseId(), Refused.Reason.LEASE_REQUIRED, needsLease(limit));
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

    static String exceeds(long slots, Limit limit) {
        return "Expected at most the " + limit.definition().limit() + " slots of limit '" + limit.name() + "', but got "
                + slots + ", which can never fit";
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
        Reservations promised = Promise.soFar(draft);
        return promised == null ? queue(acquire, draft) : reserve(acquire, promised, draft);
    }

    /** Where the start is known, it is promised; or the acquire is denied at once if that is later than it would wait. */
    private static Reply reserve(AcquireLease acquire, Reservations promised, Draft draft) {
        Definition definition = draft.limit().definition();
        long startsAt = Promise.startFor(acquire.slots(), promised, draft);
        if (startsAt > draft.now() + acquire.waitMillis()) {
            return deny(acquire, draft);
        }
        if (acquire.leaseMillis() > 0 && draft.limit().leases() + draft.limit().waiting() >= Bounds.LEASES_PER_LIMIT) {
            return tooManyLeases(acquire, draft);
        }
        Waiter waiter = waiter(acquire, startsAt, draft);
        draft.append(new WaiterQueued(waiter, promised.with(acquire.slots(), definition, startsAt)));
        return new Granted(waiter.promised(startsAt));
    }

    private static Queued queue(AcquireLease acquire, Draft draft) {
        Limit limit = draft.limit();
        Waiter waiter = waiter(acquire, null, draft);
        draft.append(new WaiterQueued(waiter, null));
        return new Queued(limit.name(), acquire.leaseId(), limit.waiting(), waiter.until());
    }

    private static Waiter waiter(AcquireLease acquire, @Nullable Long startsAt, Draft draft) {
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
        return startsAt == null
                ? new Queued(waiter.limit(), waiter.leaseId(), ahead(waiter, draft), waiter.until())
                : new Granted(waiter.promised(startsAt));
    }

    /** Exact unless a waiter in between left the queue; counting those would take longer the longer the queue is. */
    private static long ahead(Waiter waiter, Draft draft) {
        Waiter head = Objects.requireNonNull(draft.state().firstInQueue(waiter.limit()));
        return Math.min(waiter.place() - head.place(), draft.limit().waiting() - 1);
    }

    private static Reply deny(AcquireLease acquire, Draft draft) {
        boolean isPaused = draft.limit().definition().limit() == 0;
        Denied denied = new Denied(
                acquire.limit(),
                acquire.leaseId(),
                isPaused ? Denied.Reason.PAUSED : Denied.Reason.FULL,
                RetryTime.millis(acquire.slots(), draft));
        draft.append(new LeaseDenied(
                acquire.leaseId(), acquire.slots(), denied.reason(), denied.retryAfterMillis(), acquire.holder()));
        return denied;
    }
}
