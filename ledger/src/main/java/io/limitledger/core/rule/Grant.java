package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;

/** Gives slots out, at once or at the end of a wait. */
final class Grant {
    private Grant() {}

    /** Whether so many slots are free now; an inactive limit has all there are. */
    static boolean isPossible(long slots, long leaseMillis, Draft draft) {
        Limit limit = draft.limit();
        boolean isFree = !limit.definition().active()
                || draft.bucket().fits(slots, limit.definition().limit());
        return isFree && (leaseMillis == 0 || limit.leases() < Bounds.LEASES_PER_LIMIT);
    }

    static Granted to(AcquireLease acquire, Draft draft) {
        return to(acquire, 0, draft);
    }

    static Granted toWaiter(Waiter waiter, Draft draft) {
        AcquireLease acquire = new AcquireLease(
                waiter.limit(),
                waiter.leaseId(),
                waiter.slots(),
                waiter.leaseMillis(),
                0,
                waiter.holder(),
                waiter.siblings());
        return to(acquire, draft.now() - waiter.since(), draft);
    }

    private static Granted to(AcquireLease acquire, long waitedMillis, Draft draft) {
        Bucket bucket = draft.bucket();
        boolean takes = draft.limit().definition().active();
        Lease lease = lease(acquire, takes ? acquire.slots() * Bucket.MICROS : 0, bucket, draft.now());
        draft.append(new LeaseGranted(lease, waitedMillis, takes ? filled(bucket, lease) : bucket));
        return new Granted(lease);
    }

    private static Lease lease(AcquireLease acquire, long takenMicros, Bucket bucket, long now) {
        return new Lease(
                acquire.leaseId(),
                acquire.limit(),
                acquire.slots(),
                takenMicros,
                bucket.drainedMicros(),
                now,
                now,
                now + acquire.leaseMillis(),
                acquire.leaseMillis(),
                acquire.holder(),
                acquire.siblings());
    }

    private static Bucket filled(Bucket bucket, Lease lease) {
        return lease.leaseMillis() == 0 ? bucket.withUnleased(lease.slots()) : bucket.withLeased(lease.slots());
    }
}
