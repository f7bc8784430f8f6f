package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.reply.Refused;
import io.limitledger.timer.Timer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Gives back what is held under ids that only this gateway knows. What the ledger does not confirm is repeated, with
 * growing pauses, until it does; so a ledger that is away for minutes leaves nothing behind. If this process ends
 * before, leases run out as those of any dead holder.
 */
final class GivingBack {
    /** Beyond as many as may wait on a gateway leases are left to run out: memory must not grow while a ledger is away. */
    static final int MOST = 20_000;

    static final long FIRST_PAUSE_MILLIS = 1_000;
    static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final KnownLeases known;
    private final Timer timer;
    private final AtomicInteger underWay = new AtomicInteger();

    GivingBack(KnownLeases known, Timer timer) {
        this.known = known;
        this.timer = timer;
    }

    /** How many are not confirmed yet. */
    int underWay() {
        return underWay.get();
    }

    /** Releases a lease, or ends its wait, on these limits: on behalf of the principal for which the ledger is asked. */
    void release(Asking ledger, UUID leaseId, List<String> names) {
        untilDone(() -> tryToRelease(ledger, leaseId, names));
    }

    /** Tries until one attempt does not fail. */
    void untilDone(Supplier<CompletableFuture<Void>> attempt) {
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
        } else {
            attempt(attempt, FIRST_PAUSE_MILLIS);
        }
    }

    private void attempt(Supplier<CompletableFuture<Void>> attempt, long pauseMillis) {
        CompletableFuture<Void> unused = attempt.get().handle((done, failure) -> {
            if (failure == null) {
                underWay.decrementAndGet();
            } else {
                long nextPause = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
                Runnable unusedCancel = timer.in(pauseMillis, () -> attempt(attempt, nextPause));
            }
            return null;
        });
    }

    private CompletableFuture<Void> tryToRelease(Asking ledger, UUID leaseId, List<String> names) {
        return new LimitGroup(ledger, leaseId, names).giveBack().thenCompose(replies -> {
            check(replies);
            return replies.stream().allMatch(LimitReply::changed)
                    ? CompletableFuture.completedFuture(null)
                    : releaseWhereItWent(ledger, leaseId);
        });
    }

    /** A limit that was renamed meanwhile took its leases and its queue with it. */
    private CompletableFuture<Void> releaseWhereItWent(Asking ledger, UUID leaseId) {
        return known.caughtUp().thenCompose(caughtUp -> {
            List<String> names = known.limitsOf(leaseId);
            return names.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : new LimitGroup(ledger, leaseId, names).giveBack().thenAccept(GivingBack::check);
        });
    }

    private static void check(List<LimitReply> replies) {
        for (LimitReply reply : replies) {
            if (reply.failure() != null || reply.isRefusedFor(Refused.Reason.LIMIT_MOVING)) {
                throw new UnknownOutcomeException("Limit '" + reply.limit() + "' did not confirm a release");
            }
        }
    }
}
