package io.limitledger.core.state;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An acquire that stands in a limit's queue.
 *
 * @param leaseMillis as asked for; 0 for slots without a lease
 * @param takeUpMillis how soon its asker must renew the lease once it has been handed over; null if it need not
 * @param place grows with each waiter of the limit; the smallest is served first
 * @param since epoch milliseconds at which it was queued
 * @param until epoch milliseconds at which it gives up
 * @param startsAt epoch milliseconds at which it starts at the latest, promised to its asker; null where nothing can be
 *     promised
 * @param asker who is told the outcome; nobody if the command named no reply topic
 */
public record Waiter(
        UUID leaseId,
        String limit,
        long slots,
        long leaseMillis,
        @Nullable Long takeUpMillis,
        long place,
        long since,
        long until,
        @Nullable Long startsAt,
        @Nullable Holder holder,
        List<String> siblings,
        @Nullable Asker asker)
        implements LeaseRecord {

    public Waiter {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    public Waiter askedBy(@Nullable Asker asker) {
        return new Waiter(
                leaseId,
                limit,
                slots,
                leaseMillis,
                takeUpMillis,
                place,
                since,
                until,
                startsAt,
                holder,
                siblings,
                asker);
    }

    /** On another limit, which this one has become. */
    public Waiter movedTo(String newName) {
        return new Waiter(
                leaseId,
                newName,
                slots,
                leaseMillis,
                takeUpMillis,
                place,
                since,
                until,
                startsAt,
                holder,
                siblings,
                asker);
    }

    /** With all its times so much later, or earlier where that is negative: by another clock. */
    public Waiter laterBy(long millis) {
        if (millis == 0) {
            return this;
        }
        return new Waiter(
                leaseId,
                limit,
                slots,
                leaseMillis,
                takeUpMillis,
                place,
                since + millis,
                until + millis,
                startsAt == null ? null : startsAt + millis,
                holder,
                siblings,
                asker);
    }

    /** The lease that it has been promised, before it has taken anything. */
    public Lease promised(long startsAt) {
        return lease(since, startsAt, startsAt);
    }

    /** The lease that it is given when nobody could tell it before. */
    public Lease served(long startsAt, long now) {
        return lease(startsAt, startsAt, leaseMillis == 0 ? startsAt : now);
    }

    private Lease lease(long acquiredAt, long startsAt, long knownAt) {
        boolean isOnTrial = takeUpMillis != null && takeUpMillis <= leaseMillis;
        long millis = isOnTrial ? Objects.requireNonNull(takeUpMillis) : leaseMillis;
        return new Lease(
                leaseId,
                limit,
                slots,
                0,
                0,
                acquiredAt,
                startsAt,
                knownAt + millis,
                leaseMillis,
                holder,
                siblings,
                isOnTrial ? asker : null);
    }
}
