package io.limitledger.holder;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for. The ledger checks its bounds.
 *
 * @param limits names, sorted, each once
 * @param slots of each limit
 * @param leaseMillis 0 for slots that are spent instead of held
 * @param waitMillis how long to wait in the queue
 * @param holder the client's description of itself
 * @param lookMillis how often to look whether the lease is still there; 0 to notice its end with the next renewal
 */
record AcquireRequest(
        List<String> limits,
        long slots,
        long leaseMillis,
        long waitMillis,
        @Nullable String holder,
        long lookMillis) {

    static AcquireRequest of(List<String> limits, long leaseMillis) {
        return new AcquireRequest(List.copyOf(new TreeSet<>(limits)), 1, leaseMillis, 0, null, 0);
    }

    AcquireRequest slots(long slots) {
        return new AcquireRequest(limits, slots, leaseMillis, waitMillis, holder, lookMillis);
    }

    AcquireRequest leasedFor(Duration duration) {
        if (duration.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "Expected a lease of at least a second, but got " + duration + "; to hold nothing, spend");
        }
        return new AcquireRequest(limits, slots, duration.toMillis(), waitMillis, holder, lookMillis);
    }

    AcquireRequest waitingUpTo(Duration patience) {
        return new AcquireRequest(limits, slots, leaseMillis, patience.toMillis(), holder, lookMillis);
    }

    AcquireRequest by(String holder) {
        return new AcquireRequest(limits, slots, leaseMillis, waitMillis, holder, lookMillis);
    }

    AcquireRequest lookingEvery(Duration period) {
        return new AcquireRequest(limits, slots, leaseMillis, waitMillis, holder, Math.max(1, period.toMillis()));
    }

    boolean isForLease() {
        return leaseMillis > 0;
    }

    /** The limit whose partition is encoded in the lease id. */
    String firstLimit() {
        return limits.get(0);
    }

    /** For messages. */
    String limitsInWords() {
        return "'" + String.join("', '", limits) + "'";
    }
}
