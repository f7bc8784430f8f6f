package io.limitledger.gateway.view;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.lease.KnownLeases;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The live state as this gateway sees it. It may lag behind the ledger by some milliseconds, but never behind what this
 * gateway has answered itself: a reader waits for {@link #caughtUp()} first.
 */
public interface LimitsView extends KnownLeases {
    /** Long enough that a view is seldom asked, short enough that others get their turn. */
    int SCANNED_AT_A_TIME = 1_000;

    /** The same for the limits and their definitions, without their slots. */
    CompletableFuture<Void> definitionsCaughtUp();

    /** This gateway gives this answer. */
    void answered(ReplyRecord answer);

    /** From now on this is called for each lease whose end is read. */
    void onLeaseEnds(LeaseEndListener listener);

    @Nullable
    Limit limit(UUID limitId);

    /** Limits by name, of those that begin with the prefix, after the given name. */
    List<Limit> limits(String prefix, @Nullable String afterName, int size);

    /** The same without those whose names are not to be seen; a page is filled up from those behind them. */
    default List<Limit> limits(String prefix, @Nullable String afterName, int size, Predicate<String> visible) {
        List<Limit> found = new ArrayList<>();
        String after = afterName;
        List<Limit> next = limits(prefix, after, SCANNED_AT_A_TIME);
        while (!next.isEmpty() && found.size() < size) {
            next.stream()
                    .filter(limit -> visible.test(limit.name()))
                    .limit(size - found.size())
                    .forEach(found::add);
            after = next.get(next.size() - 1).name();
            next = next.size() < SCANNED_AT_A_TIME ? List.of() : limits(prefix, after, SCANNED_AT_A_TIME);
        }
        return found;
    }

    /** A lease, on the first limit by name on which the id holds. */
    @Nullable
    Lease lease(UUID leaseId);

    /** Leases in order of expiry. */
    List<Lease> leases(String limit, @Nullable LeaseCursor after, int size);

    /** Waiters by place. */
    List<Waiter> waiters(String limit, long afterPlace, int size);

    /** Whether those who wait are served in the order in which they came, since neither keys nor head starts have a say. */
    boolean isServedInOrderOfArrival(String limit);

    /** A key of a limit; one of which nothing is known uses nothing. */
    KeyInView key(String limit, String key);

    /** Keys that are in use, with which someone waits, or that have an override; after the given position. */
    List<KeyInView> keys(String limit, KeyInView.Order order, KeyInView.@Nullable Position after, int size);

    /** How many keys a limit has. */
    long keys(String limit);

    /** The name of the first limit, by name, on which the id holds or waits. */
    @Nullable
    String limitOf(UUID leaseId);
}
