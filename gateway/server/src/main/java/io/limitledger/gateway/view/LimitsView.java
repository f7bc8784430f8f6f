package io.limitledger.gateway.view;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.lease.KnownLeases;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The live state as this gateway sees it. It may lag behind the ledger by some milliseconds, but never behind what this
 * gateway has answered itself: a reader waits for {@link #caughtUp()} first.
 */
public interface LimitsView extends KnownLeases {
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
