package io.limitledger.holder;

import io.limitledger.timer.Timer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that nothing stays behind under a lease id, however far its acquire came. Tries until that is confirmed. */
final class Releaser {
    /** Beyond what can still be held under the id, which covers a request that was on its way all the time. */
    private static final long EXTRA_MILLIS = 10_000;

    private final Transport transport;
    private final Timer timer;
    private final Map<UUID, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Releaser(Transport transport, Timer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** Completes when it is confirmed, or when it has been tried for so long that the ledger must have ended it itself. */
    CompletableFuture<Void> release(AcquireRequest request, UUID leaseId) {
        return release(request, leaseId, CompletableFuture.completedFuture(new TransportOutcome.Held()));
    }

    /**
     * The same while an acquire of the id may still be under way. Over another connection it can reach the ledger after
     * the release, which knows only the id and therefore cannot forestall it. So what is released before that acquire has
     * ended is released once more afterwards.
     */
    CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, CompletableFuture<TransportOutcome> asking) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = underWay.putIfAbsent(leaseId, mine);
        if (other != null) {
            return other;
        }
        long untilMillis = timer.nowMillis() + request.waitMillis() + request.leaseMillis() + EXTRA_MILLIS;
        boolean isAsking = !asking.isDone();
        CompletableFuture<Void> first = new CompletableFuture<>();
        tryOnce(request, leaseId, new Backoff(), untilMillis, first);
        CompletableFuture<TransportOutcome> unused = first.thenCompose(released -> asking)
                .whenComplete((outcome, failure) -> {
                    if (isAsking && (failure != null || outcome instanceof TransportOutcome.Held)) {
                        tryOnce(request, leaseId, new Backoff(), untilMillis, mine);
                    } else {
                        mine.complete(null);
                    }
                });
        return mine.thenRun(() -> underWay.remove(leaseId));
    }

    private void tryOnce(
            AcquireRequest request, UUID leaseId, Backoff backoff, long untilMillis, CompletableFuture<Void> done) {
        CompletableFuture<Void> unused = transport.release(request, leaseId).whenComplete((released, failure) -> {
            if (failure == null || timer.nowMillis() >= untilMillis) {
                done.complete(null);
            } else {
                timer.in(backoff.nextMillis(), () -> tryOnce(request, leaseId, backoff, untilMillis, done));
            }
        });
    }

    /** All that are under way. */
    CompletableFuture<Void> all() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
    }
}
