package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseGranted.FairTurn;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grants slots, at once or at the end of a wait. */
final class Grant {
    private Grant() {}

    /** Whether a claim fits now; an inactive limit grants any number of slots. */
    static boolean isPossible(Claim claim, Draft draft) {
        Limit limit = draft.limit();
        boolean isFree = !limit.definition().active() || fits(claim, draft);
        return isFree && (claim.leaseMillis() == 0 || limit.leases() < Bounds.LEASES_PER_LIMIT);
    }

    private static boolean fits(Claim claim, Draft draft) {
        Definition definition = draft.limit().definition();
        return definition.isExtended()
                ? Room.of(claim, draft).fitsAt() <= draft.now()
                : draft.bucket().fits(claim.needed(), definition.limit());
    }

    static Granted to(AcquireLease acquire, Draft draft) {
        long now = draft.now();
        Claim claim = taking(acquire.claim(), now, draft);
        FairTurn turn = draft.limit().definition().isFair()
                ? turn(AcquireLeaseRule.waiter(acquire, null, draft), claim, draft)
                : null;
        Lease lease = new Lease(claim, 0, 0, now, now, now + claim.leaseMillis(), null);
        return new Granted(give(lease, taken(claim, draft.limit().definition()), 0, turn, draft));
    }

    /** Where fewer slots will do, as many as are free. */
    private static Claim taking(Claim claim, long at, Draft draft) {
        return claim.isUpTo() ? claim.taking(Room.of(claim, at, draft).slots(at)) : claim;
    }

    /**
     * Serves the head of the queue. On a limit with decay, quotas or keys it starts when its turn came, however late that is noticed, so
     * that the turns of those behind it stay as they were promised. It gets a reply unless it knows its start.
     *
     * @param turnAt epoch milliseconds, at most now
     */
    static void toHead(Waiter head, long turnAt, Draft draft) {
        Definition definition = draft.limit().definition();
        boolean isTimed = definition.isPaced() || (definition.active() && definition.isExtended());
        long startsAt = isTimed ? turnAt : draft.now();
        Long promised = head.startsAt();
        Waiter served = promised == null
                ? head.taking(taking(head.claim(), startsAt, draft).slots())
                : head;
        FairTurn turn = turn(head, served.claim(), draft);
        Lease lease = promised == null ? served.served(startsAt, draft.now()) : served.promised(startsAt);
        Lease granted = give(lease, taken(served.claim(), definition), startsAt - head.since(), turn, draft);
        if (promised == null || promised != startsAt) {
            draft.answer(head.asker(), new Granted(granted));
        }
    }

    /**
     * Grants what starts later and is known to its holder, ahead of an edit. Where nothing will decay any more,
     * slots without a lease take nothing: they would stay occupied for ever.
     */
    static void asPromised(Waiter waiter, long startsAt, Definition definition, Draft draft) {
        boolean takes = waiter.leaseMillis() > 0 || definition.decays();
        long micros = takes ? waiter.slots() * Bucket.MICROS : 0;
        Lease granted = give(waiter.promised(startsAt), micros, startsAt - waiter.since(), null, draft);
        if (!Objects.equals(waiter.startsAt(), startsAt)) {
            draft.answer(waiter.asker(), new Granted(granted));
        }
    }

    /** A lease that starts later drains from now on, so that its end gives back less rather than more. */
    private static Lease give(Lease lease, long micros, long waitedMillis, @Nullable FairTurn turn, Draft draft) {
        Bucket bucket = draft.limit().bucketAt(Math.min(lease.startsAt(), draft.now()));
        Lease given = lease.taking(micros, bucket).granted(draft.nextFence(), spend(lease, draft));
        draft.append(new LeaseGranted(given, waitedMillis, filled(bucket, given), turn));
        return given;
    }

    /** Slots without a lease that would never come back are not counted as occupied: only the quotas bound them. */
    private static long taken(Claim claim, Definition definition) {
        boolean comesBack = claim.leaseMillis() > 0 || definition.hasLimit();
        return definition.active() && comesBack ? claim.slots() * Bucket.MICROS : 0;
    }

    /** What a lease takes besides the slots of its limit; null if nothing, as of an inactive one. */
    private static @Nullable Spend spend(Lease lease, Draft draft) {
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        String group = lease.claim().group(definition);
        if (!definition.active() || (group == null && definition.quotas().isEmpty() && definition.hasLimit())) {
            return null;
        }
        Windows.Now at = new Windows.Now(lease.startsAt(), draft.aheadMillis());
        long epoch = limit.usage().windows().epoch();
        Windows windows = Windows.taking(lease.slots(), definition.quotas(), epoch, at);
        if (group == null) {
            return new Spend(windows, null, 0, 0, Windows.EMPTY);
        }
        KeyUse use = draft.keyUse(group, lease.startsAt());
        KeyBounds bounds = definition.boundsOf(use.override());
        boolean comesBack = lease.leaseMillis() > 0 || bounds.decays();
        return new Spend(
                windows,
                group,
                comesBack ? lease.slots() * Bucket.MICROS : 0,
                use.bucketAt(Math.min(lease.startsAt(), draft.now()), bounds).drainedMicros(),
                Windows.taking(lease.slots(), bounds.quotas(), use.windows().epoch(), at));
    }

    /** How a grant counts for its key in a fair queue. */
    private static @Nullable FairTurn turn(Waiter waiter, Claim taken, Draft draft) {
        Definition definition = draft.limit().definition();
        String group = taken.group(definition);
        if (!definition.isFair() || !definition.active() || group == null) {
            return null;
        }
        long from = Turn.virtualTime(waiter, draft);
        KeyBounds bounds = definition.boundsOf(draft.keyUse(group).override());
        return new FairTurn(from, from + bounds.virtualTime(taken.slots()));
    }

    private static Bucket filled(Bucket bucket, Lease lease) {
        if (lease.takenMicros() == 0) {
            return bucket;
        }
        return lease.leaseMillis() == 0 ? bucket.withUnleased(lease.slots()) : bucket.withLeased(lease.slots());
    }
}
