package io.limitledger.core.state;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An acquire that stands in a limit's queue.
 *
 * @param place grows with each waiter of the limit; the smallest is served first
 * @param since epoch milliseconds at which it was queued
 * @param until epoch milliseconds at which it gives up
 * @param asker who is told the outcome; nobody if the command named no reply topic
 */
public record Waiter(
        UUID leaseId,
        String limit,
        long slots,
        long leaseMillis,
        long place,
        long since,
        long until,
        @Nullable Holder holder,
        List<String> siblings,
        @Nullable Asker asker) {

    public Waiter {
        siblings = siblings == null ? List.of() : List.copyOf(siblings);
    }

    public Waiter askedBy(@Nullable Asker asker) {
        return new Waiter(leaseId, limit, slots, leaseMillis, place, since, until, holder, siblings, asker);
    }

    /** On another limit, which this one has become. */
    public Waiter movedTo(String newName) {
        return new Waiter(leaseId, newName, slots, leaseMillis, place, since, until, holder, siblings, asker);
    }
}
