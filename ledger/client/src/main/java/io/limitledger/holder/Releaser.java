package io.limitledger.holder;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.limitledger.timer.Timer;
import java.lang.System.Logger;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Sees to it that nothing stays behind under a lease id, however far its acquire came. Tries until that is confirmed. */
final class Releaser {
    /** Beyond what can still be held under the id, which covers a request that was on its way all the time. */
    private static final long EXTRA_MILLIS = 10_000;

    private static final Logger LOG = System.getLogger(Releaser.class.getName());

    private final Transport transport;
    private final Timer timer;
    private final Map<UUID, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Releaser(Transport transport, Timer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** Completes when it is confirmed, or when it has been tried for so long that the ledger must have ended it itself. */
    CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        return release(request, leaseId, used, CompletableFuture.completedFuture(new TransportOutcome.Held()));
    }

    /**
     * The same while an acquire of the id may still be under way. Over another connection it can reach the ledger after
     * the release, which knows only the id and therefore cannot forestall it. So what is released before that acquire has
     * ended is released once more afterwards.
     */
    CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, CompletableFuture<TransportOutcome> asking) {
        return release(request, leaseId, Map.of(), asking);
    }

    private CompletableFuture<Void> release(
            AcquireRequest request, UUID leaseId, Map<String, Long> used, CompletableFuture<TransportOutcome> asking) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = underWay.putIfAbsent(leaseId, mine);
        if (other != null) {
            return other;
        }
        Release release = new Release(
                request,
                leaseId,
                used,
                new Backoff(),
                timer.nowMillis() + request.waitMillis() + request.leaseMillis() + EXTRA_MILLIS);
        Runnable done = () -> {
            underWay.remove(leaseId);
            mine.complete(null);
        };
        tryOnce(release, asking.isDone() ? done : () -> afterwards(release, asking, done));
        return mine;
    }

    private record Release(
            AcquireRequest request, UUID leaseId, Map<String, Long> used, Backoff backoff, long untilMillis) {}

    private void afterwards(Release release, CompletableFuture<TransportOutcome> asking, Runnable done) {
        CompletableFuture<TransportOutcome> unused = asking.whenComplete((outcome, failure) -> {
            if (failure != null || outcome instanceof TransportOutcome.Held) {
                release.backoff().reset();
                tryOnce(release, done);
            } else {
                done.run();
            }
        });
    }

    private void tryOnce(Release release, Runnable done) {
        CompletableFuture<Void> unused = transport
                .release(release.request(), release.leaseId(), release.used())
                .whenComplete((released, failure) -> {
                    if (failure == null) {
                        done.run();
                    } else if (timer.nowMillis() < release.untilMillis()) {
                        LOG.log(DEBUG, () -> "The release of " + release.leaseId() + " is tried again", failure);
                        timer.in(release.backoff().nextMillis(), () -> tryOnce(release, done));
                    } else {
                        LOG.log(
                                WARNING,
                                () -> "The release of lease " + release.leaseId() + " was not confirmed for as"
                                        + " long as the lease lasts; the ledger ends it itself",
                                failure);
                        done.run();
                    }
                });
    }

    /** All that are under way. */
    CompletableFuture<Void> all() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new));
    }
}
