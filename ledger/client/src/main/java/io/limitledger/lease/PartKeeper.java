package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps the limits that are held so far, by renewing their short leases while the rest is being asked for. */
final class PartKeeper {
    /**
     * How long each limit is held until all are. Three renewals may be lost or late, as by a pause of this process,
     * before something is; and no client waits long for what a dead gateway held.
     */
    static final long SHORT_LEASE_MILLIS = 10_000;

    static final long EVERY_MILLIS = SHORT_LEASE_MILLIS / 4;

    private final Asking ledger;
    private final Timer timer;
    private final UUID leaseId;
    private final Runnable beforeEach;
    private final Consumer<LimitReply> ifGone;
    private final List<String> held = new ArrayList<>();
    private CompletableFuture<Void> renewals = CompletableFuture.completedFuture(null);
    private Runnable cancelNext = () -> {};
    private boolean isStopped;

    /**
     * @param beforeEach called each time before anything is renewed
     * @param ifGone called with each limit that is no longer held
     */
    PartKeeper(Asking ledger, Timer timer, UUID leaseId, Runnable beforeEach, Consumer<LimitReply> ifGone) {
        this.ledger = ledger;
        this.timer = timer;
        this.leaseId = leaseId;
        this.beforeEach = beforeEach;
        this.ifGone = ifGone;
    }

    synchronized void start() {
        if (!isStopped) {
            cancelNext = timer.in(EVERY_MILLIS, this::keep);
        }
    }

    /** One limit more. */
    synchronized void add(String limit) {
        held.add(limit);
    }

    /** The limits held so far. No renewal begins after this has returned. */
    synchronized List<String> stop() {
        isStopped = true;
        cancelNext.run();
        return List.copyOf(held);
    }

    /**
     * Ends when all renewals have ended that were begun. While a limit is being renamed its renewal is sent again and again, and so
     * may come late; it must not come after one that is to hold the limit for longer.
     */
    synchronized CompletableFuture<Void> ended() {
        return renewals;
    }

    private synchronized void keep() {
        if (!isStopped) {
            beforeEach.run();
        }
        // What runs before each may stop it.
        if (!isStopped) {
            CompletableFuture<?>[] begun = held.stream().map(this::renew).toArray(CompletableFuture<?>[]::new);
            CompletableFuture<Void> all = CompletableFuture.allOf(begun);
            renewals = renewals.isDone() ? all : CompletableFuture.allOf(renewals, all);
        }
        start();
    }

    private CompletableFuture<Void> renew(String limit) {
        RenewLease renew = new RenewLease(limit, leaseId, SHORT_LEASE_MILLIS, null);
        return LimitReply.to(limit, ledger.send(renew)).thenAccept(reply -> {
            if (reply.isRefusedFor(Refused.Reason.LEASE_GONE)) {
                ifGone.accept(reply);
            }
        });
    }
}
