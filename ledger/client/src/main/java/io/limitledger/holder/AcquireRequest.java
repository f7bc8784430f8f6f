package io.limitledger.holder;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for. The ledger checks its bounds.
 *
 * @param parts one for each limit, sorted by name, each once
 * @param terms what is said of all of them
 * @param leaseMillis 0 for slots that are spent instead of held
 * @param waitMillis how long to wait in the queue
 * @param holder the client's description of itself
 * @param lookMillis how often to look whether the lease is still there; 0 to notice its end with the next renewal
 */
record AcquireRequest(
        List<Part> parts,
        Terms terms,
        long leaseMillis,
        long waitMillis,
        @Nullable String holder,
        long lookMillis) {

    /**
     * What is asked of one limit.
     *
     * @param key whose slots they are; null if none is named
     */
    record Part(String limit, long slots, @Nullable String key) {
        Part slots(long slots) {
            return new Part(limit, slots, key);
        }

        Part key(String key) {
            return new Part(limit, slots, key);
        }

        boolean isLike(Part other) {
            return slots == other.slots && (key == null ? other.key == null : key.equals(other.key));
        }
    }

    /**
     * What is said of all limits.
     *
     * @param priority a head start in the queue, in seconds
     * @param isUpTo whether fewer slots will do
     * @param isRefunded whether the quotas get back what a lease took that expires
     */
    record Terms(long priority, boolean isUpTo, boolean isRefunded) {
        static final Terms NONE = new Terms(0, false, false);
    }

    /** For one slot of each. */
    static AcquireRequest of(List<String> limits, long leaseMillis) {
        List<Part> parts = new TreeSet<>(limits)
                .stream().map(limit -> new Part(limit, 1, null)).toList();
        return new AcquireRequest(parts, Terms.NONE, leaseMillis, 0, null, 0);
    }

    List<String> limits() {
        return parts.stream().map(Part::limit).toList();
    }

    AcquireRequest slots(long slots) {
        return withParts(part -> part.slots(slots));
    }

    AcquireRequest slots(String limit, long slots) {
        part(limit);
        return withParts(part -> part.limit().equals(limit) ? part.slots(slots) : part);
    }

    AcquireRequest key(String key) {
        return withParts(part -> part.key(key));
    }

    AcquireRequest key(String limit, String key) {
        part(limit);
        return withParts(part -> part.limit().equals(limit) ? part.key(key) : part);
    }

    private AcquireRequest withParts(UnaryOperator<Part> change) {
        return new AcquireRequest(
                parts.stream().map(change).toList(), terms, leaseMillis, waitMillis, holder, lookMillis);
    }

    AcquireRequest priority(long seconds) {
        return with(new Terms(seconds, terms.isUpTo, terms.isRefunded));
    }

    AcquireRequest upTo(long slots) {
        return slots(slots).with(new Terms(terms.priority, true, terms.isRefunded));
    }

    AcquireRequest refunded(boolean isRefunded) {
        return with(new Terms(terms.priority, terms.isUpTo, isRefunded));
    }

    private AcquireRequest with(Terms terms) {
        return new AcquireRequest(parts, terms, leaseMillis, waitMillis, holder, lookMillis);
    }

    AcquireRequest leasedFor(Duration duration) {
        if (duration.toMillis() == 0) {
            throw new IllegalArgumentException(
                    "Expected a lease of at least a second, but got " + duration + "; to hold nothing, spend");
        }
        return new AcquireRequest(parts, terms, duration.toMillis(), waitMillis, holder, lookMillis);
    }

    AcquireRequest waitingUpTo(Duration patience) {
        return new AcquireRequest(parts, terms, leaseMillis, patience.toMillis(), holder, lookMillis);
    }

    AcquireRequest by(String holder) {
        return new AcquireRequest(parts, terms, leaseMillis, waitMillis, holder, lookMillis);
    }

    AcquireRequest lookingEvery(Duration period) {
        return new AcquireRequest(parts, terms, leaseMillis, waitMillis, holder, Math.max(1, period.toMillis()));
    }

    boolean isForLease() {
        return leaseMillis > 0;
    }

    /** The limit whose partition is encoded in the lease id. */
    String firstLimit() {
        return parts.get(0).limit();
    }

    /** The one limit that is asked. */
    String onlyLimit() {
        if (parts.size() > 1) {
            throw new IllegalStateException(
                    "The lease is on several limits, " + limitsInWords() + "; say which is meant");
        }
        return firstLimit();
    }

    Part part(String limit) {
        return parts.stream()
                .filter(part -> part.limit().equals(limit))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + limit + "' is not among the limits that are asked for: " + limitsInWords()));
    }

    /** Whether the same is asked of each limit. */
    boolean isAlike() {
        return parts.stream().allMatch(part -> part.isLike(parts.get(0)));
    }

    /** For messages. */
    String limitsInWords() {
        return "'" + String.join("', '", limits()) + "'";
    }
}
