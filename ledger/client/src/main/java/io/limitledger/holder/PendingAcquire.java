package io.limitledger.holder;

import io.limitledger.timer.Timer;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An acquire while it is under way. When an answer is lost it asks again with the same id, which takes nothing twice and
 * keeps the position in the queue. If it ends without a grant, for whatever reason, nothing is left behind under its id.
 */
final class PendingAcquire {
    /** How long an acquire that does not wait for slots waits for an answer: longer than a restart of the gateway. */
    static final long PATIENCE_MILLIS = 5_000;

    private final AcquireRequest request;
    private final Transport transport;
    private final Timer timer;
    private final Releaser releaser;
    private final long deadlineMillis;
    private final long giveUpMillis;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Grant> result = new CompletableFuture<>();

    private UUID leaseId;
    private int asked;
    /** Whether something may have been granted whose answer was lost. */
    private boolean mayHaveArrived;

    private CompletableFuture<TransportOutcome> asking = CompletableFuture.completedFuture(new TransportOutcome.Held());
    /** When this id was first asked for: what is granted under it cannot have been granted before. */
    private long askedMillis;

    /**
     * What was acquired.
     *
     * @param sinceMillis time of the timer from which the lease lasts at least as long as it was asked for
     * @param parts what is held of each limit; empty if that was not said
     */
    record Grant(UUID leaseId, long sinceMillis, List<TransportOutcome.Part> parts) {
        Grant(UUID leaseId, long sinceMillis) {
            this(leaseId, sinceMillis, List.of());
        }
    }

    PendingAcquire(AcquireRequest request, Transport transport, Timer timer, Releaser releaser) {
        this.request = request;
        this.transport = transport;
        this.timer = timer;
        this.releaser = releaser;
        this.askedMillis = timer.nowMillis();
        this.deadlineMillis = askedMillis + request.waitMillis();
        this.giveUpMillis = askedMillis + Math.max(request.waitMillis(), PATIENCE_MILLIS);
        this.leaseId = LeaseIds.newFor(request.firstLimit());
    }

    /** Ends with the grant once the slots may be used; or with an {@link AcquireException}. */
    CompletableFuture<Grant> start() {
        ask();
        return result;
    }

    /** Cancels it, and gives back what was granted, if it was. */
    synchronized void giveUp(RuntimeException reason) {
        result.completeExceptionally(reason);
        CompletableFuture<Void> unused = releaser.release(request, leaseId, asking);
    }

    /** Gives up because the caller was interrupted; nothing is sent if nothing was asked. */
    synchronized void cancel() {
        if (asked > 0) {
            giveUp(new IllegalStateException("Interrupted"));
        }
    }

    private synchronized void ask() {
        if (!result.isDone()) {
            asked++;
            long waitMillis = Math.max(0, deadlineMillis - timer.nowMillis());
            asking = transport.acquire(request, leaseId, waitMillis);
            CompletableFuture<TransportOutcome> unused = asking.whenComplete(this::answered);
        }
    }

    private synchronized void answered(@Nullable TransportOutcome outcome, @Nullable Throwable failure) {
        if (result.isDone()) {
            return;
        }
        if (outcome instanceof TransportOutcome.Held held) {
            begin(held);
        } else if (outcome instanceof TransportOutcome.NotFree notFree) {
            end(new SlotsNotFreeException(notFree.message(), notFree.retryAfter(), notFree.reason()));
        } else if (outcome instanceof TransportOutcome.Refused refused) {
            end(new AcquireRefusedException(refused.message()));
        } else if (outcome instanceof TransportOutcome.NoAccess noAccess) {
            end(new AccessRefusedException(noAccess.message()));
        } else if (outcome instanceof TransportOutcome.Gone gone) {
            askAfresh(gone);
        } else {
            askAgain(failure);
        }
    }

    private void end(AcquireException reason) {
        if (asked == 1) {
            result.completeExceptionally(reason);
        } else {
            // What was asked before and not answered may be granted yet, or may have been.
            giveUp(reason);
        }
    }

    /** How much of a lease is left is unknown if its answer was long on its way; so it is renewed before it is returned. */
    private void begin(TransportOutcome.Held held) {
        long sentMillis = timer.nowMillis();
        if (!request.isForLease() || sentMillis - askedMillis < KeptLease.renewAfterMillis(request)) {
            result.complete(new Grant(leaseId, askedMillis, held.parts()));
        } else {
            CompletableFuture<TransportOutcome> unused = transport
                    .renew(request, leaseId)
                    .whenComplete((outcome, failure) -> renewed(held, sentMillis, outcome, failure));
        }
    }

    private synchronized void renewed(
            TransportOutcome.Held held,
            long sentMillis,
            @Nullable TransportOutcome outcome,
            @Nullable Throwable failure) {
        if (outcome instanceof TransportOutcome.Held) {
            result.complete(new Grant(leaseId, sentMillis, held.parts()));
        } else {
            answered(outcome, failure);
        }
    }

    /** What was granted under the id has ended before anybody heard of it. */
    private void askAfresh(TransportOutcome.Gone gone) {
        leaseId = LeaseIds.newFor(request.firstLimit());
        askedMillis = timer.nowMillis();
        askAgain(new IllegalStateException(gone.message()));
    }

    private void askAgain(@Nullable Throwable failure) {
        mayHaveArrived |= !Failures.isUnconnected(failure);
        if (timer.nowMillis() < giveUpMillis) {
            timer.in(backoff.nextMillis(), this::ask);
        } else if (mayHaveArrived) {
            giveUp(unreachable(request, failure));
        } else {
            result.completeExceptionally(unreachable(request, failure));
        }
    }

    static LedgerUnreachableException unreachable(AcquireRequest request, @Nullable Throwable failure) {
        Throwable cause = Failures.cause(failure);
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new LedgerUnreachableException(
                "Expected an answer about limit " + request.limitsInWords() + ", but there was none: " + reason, cause);
    }
}
