package io.limitledger.core.state;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim in a limit's queue.
 *
 * @param takeUpMillis how soon its client must confirm the lease once it is handed over; null if it need not
 * @param place grows with each waiter of the limit; the smallest is served first
 * @param since epoch milliseconds at which it was queued
 * @param until epoch milliseconds at which it gives up
 * @param startsAt epoch milliseconds at which it starts at the latest, promised to its client; null where nothing can be
 *     promised
 * @param asker to whom the outcome is sent; null if the command named no reply topic
 */
public record Waiter(
        Claim claim,
        @Nullable Long takeUpMillis,
        long place,
        long since,
        long until,
        @Nullable Long startsAt,
        @Nullable Asker asker)
        implements LeaseRecord, Claiming {

    @Override
    public UUID leaseId() {
        return claim.leaseId();
    }

    @Override
    public String limit() {
        return claim.limit();
    }

    /** Whose turn is the first: by the time at which it came, and its head start. What was promised is not overtaken. */
    public Rank rank() {
        return new Rank(startsAt == null ? since - claim.headStartMillis() : since, place);
    }

    /** A position in the queue. */
    public record Rank(long since, long place) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return since == other.since ? Long.compare(place, other.place) : Long.compare(since, other.since);
        }
    }

    /** With the slots that it is granted, where fewer than it wants will do. */
    public Waiter taking(long slots) {
        return slots == claim.slots()
                ? this
                : new Waiter(claim.taking(slots), takeUpMillis, place, since, until, startsAt, asker);
    }

    public Waiter askedBy(@Nullable Asker asker) {
        return new Waiter(claim, takeUpMillis, place, since, until, startsAt, asker);
    }

    /** On another limit, which this one has become. */
    public Waiter movedTo(String newName) {
        return new Waiter(claim.movedTo(newName), takeUpMillis, place, since, until, startsAt, asker);
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public Waiter laterBy(long millis) {
        Long start = startsAt == null ? null : Long.valueOf(startsAt + millis);
        return millis == 0
                ? this
                : new Waiter(claim, takeUpMillis, place, since + millis, until + millis, start, asker);
    }

    /** The lease that it has been promised, before it has taken anything. */
    public Lease promised(long startsAt) {
        return lease(since, startsAt, startsAt);
    }

    /** The lease that it is given where its start could not be promised. */
    public Lease served(long startsAt, long now) {
        return lease(startsAt, startsAt, leaseMillis() == 0 ? startsAt : now);
    }

    private Lease lease(long acquiredAt, long startsAt, long knownAt) {
        boolean isProvisional = takeUpMillis != null && takeUpMillis <= leaseMillis();
        long millis = isProvisional ? Objects.requireNonNull(takeUpMillis) : leaseMillis();
        return new Lease(claim, 0, 0, acquiredAt, startsAt, knownAt + millis, isProvisional ? asker : null);
    }
}
