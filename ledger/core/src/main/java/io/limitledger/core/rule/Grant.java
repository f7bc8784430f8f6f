package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.Objects;

/** Grants slots, at once or at the end of a wait. */
final class Grant {
    private Grant() {}

    /** Whether this many slots are free now; an inactive limit grants any number. */
    static boolean isPossible(long slots, long leaseMillis, Draft draft) {
        Limit limit = draft.limit();
        boolean isFree = !limit.definition().active()
                || draft.bucket().fits(slots, limit.definition().limit());
        return isFree && (leaseMillis == 0 || limit.leases() < Bounds.LEASES_PER_LIMIT);
    }

    static Granted to(AcquireLease acquire, Draft draft) {
        long now = draft.now();
        Lease lease = new Lease(acquire.claim(), 0, 0, now, now, now + acquire.leaseMillis(), null);
        return new Granted(give(lease, taken(acquire.slots(), draft.limit().definition()), 0, draft));
    }

    /**
     * Serves the head of the queue. On a limit with decay it starts when its turn came, however late that is noticed, so
     * that the turns of those behind it stay as they were promised. It gets a reply unless it knows its start.
     *
     * @param turnAt epoch milliseconds, at most now
     */
    static void toHead(Waiter head, long turnAt, Draft draft) {
        Definition definition = draft.limit().definition();
        boolean isPaced = definition.decays() && definition.active();
        long startsAt = isPaced ? turnAt : draft.now();
        Long promised = head.startsAt();
        Lease lease = promised == null ? head.served(startsAt, draft.now()) : head.promised(startsAt);
        Lease granted = give(lease, taken(head.slots(), definition), startsAt - head.since(), draft);
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
        Lease granted = give(waiter.promised(startsAt), micros, startsAt - waiter.since(), draft);
        if (!Objects.equals(waiter.startsAt(), startsAt)) {
            draft.answer(waiter.asker(), new Granted(granted));
        }
    }

    /** A lease that starts later drains from now on, so that its end gives back less rather than more. */
    private static Lease give(Lease lease, long micros, long waitedMillis, Draft draft) {
        Bucket bucket = draft.limit().bucketAt(Math.min(lease.startsAt(), draft.now()));
        Lease given = lease.taking(micros, bucket);
        draft.append(new LeaseGranted(given, waitedMillis, filled(bucket, given)));
        return given;
    }

    private static long taken(long slots, Definition definition) {
        return definition.active() ? slots * Bucket.MICROS : 0;
    }

    private static Bucket filled(Bucket bucket, Lease lease) {
        if (lease.takenMicros() == 0) {
            return bucket;
        }
        return lease.leaseMillis() == 0 ? bucket.withUnleased(lease.slots()) : bucket.withLeased(lease.slots());
    }
}
