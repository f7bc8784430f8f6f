package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Lease;
import io.limitledger.timer.Timer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An acquire on several limits while it is under way: one limit after the other, each on a short lease, which is renewed
 * as long as the rest is being asked for; and when all are held, all for as long as was asked. So whatever happens to
 * this gateway in between, its halves come back soon, and so does what a limit hands over too late.
 */
final class RunningAcquire {
    private final Asking ledger;
    private final KnownLeases known;
    private final Timer timer;
    private final Acquisition acquisition;
    private final @Nullable String owner;
    private final List<String> names;
    private final long startedAt;
    private final PartKeeper keeper;
    private volatile @Nullable Step step;
    private int asked;
    private boolean isGivenUp;

    /** The limit that is being asked. The reply need not be its own: it may turn out in other ways what became of it. */
    private record Step(String limit, CompletableFuture<LimitReply> reply) {}

    /** @param owner name of the principal for which the ledger is asked; null if it is not known */
    RunningAcquire(Asking ledger, KnownLeases known, Timer timer, Acquisition acquisition, @Nullable String owner) {
        this.ledger = ledger;
        this.known = known;
        this.timer = timer;
        this.acquisition = acquisition;
        this.owner = owner;
        this.names = acquisition.names();
        this.startedAt = timer.nowMillis();
        this.keeper = new PartKeeper(ledger, timer, acquisition.leaseId(), this::lookForGrant, this::settle);
    }

    CompletableFuture<Outcome> run() {
        keeper.start();
        return ask(0);
    }

    private CompletableFuture<Outcome> ask(int index) {
        if (index == names.size()) {
            return holdAll();
        }
        String limit = names.get(index);
        if (!isToAsk(index)) {
            return LimitReply.of(limit, new Cancelled(acquisition.leaseId())).asOutcome();
        }
        CompletableFuture<LimitReply> reply = new CompletableFuture<>();
        step = new Step(limit, reply);
        CompletableFuture<Void> unused =
                LimitReply.to(limit, ledger.send(acquire(index))).thenAccept(reply::complete);
        return reply.thenCompose(said -> answered(index, said));
    }

    private synchronized boolean isToAsk(int index) {
        asked = isGivenUp ? asked : index + 1;
        return !isGivenUp;
    }

    /** Asks no further, and leaves it to the caller to give back what is held: it names the limits that may be held. */
    synchronized List<String> giveUp() {
        isGivenUp = true;
        keeper.stop();
        return names.subList(0, asked);
    }

    private synchronized boolean isGivenUp() {
        return isGivenUp;
    }

    private AcquireLease acquire(int index) {
        long waited = timer.nowMillis() - startedAt;
        return acquisition.acquire(
                acquisition.parts().get(index),
                PartKeeper.SHORT_LEASE_MILLIS,
                Math.max(0, acquisition.waitMillis() - waited));
    }

    private CompletableFuture<Outcome> answered(int index, LimitReply reply) {
        if (reply.reply() instanceof Granted granted) {
            return isOurs(index, granted.lease()) ? granted(index) : fail(idTaken(reply.limit()));
        }
        return reply.isKnown() || isGivenUp() ? fail(reply) : resolve(index, reply);
    }

    private CompletableFuture<Outcome> granted(int index) {
        keeper.add(names.get(index));
        return ask(index + 1);
    }

    /** If each can be renewed, all are held at the same time. */
    private CompletableFuture<Outcome> holdAll() {
        keeper.stop();
        return keeper.ended()
                .thenCompose(ended -> group(names).renew(acquisition.leaseMillis(), acquisition.holder()))
                .thenApply(outcome -> outcome.isHeld() ? Outcome.granted(outcome.leases()) : outcome);
    }

    /** Gives back what is held, and answers with what one limit said. */
    private CompletableFuture<Outcome> fail(LimitReply reply) {
        List<String> held = keeper.stop();
        if (isGivenUp()) {
            return reply.asOutcome();
        }
        return group(toGiveBack(held, reply)).giveBack().thenCompose(done -> reply.asOutcome());
    }

    private List<String> toGiveBack(List<String> held, LimitReply reply) {
        if (reply.isRefusedFor(Refused.Reason.LEASE_ID_TAKEN)) {
            // What is held under this id may be another request's. What is not expires.
            return List.of();
        }
        // An id that is done with on one limit is of no use on any, however far an earlier try has come with it.
        return reply.isRefusedFor(Refused.Reason.LEASE_GONE) ? names : held;
    }

    /**
     * No answer came. The answer to a cancel says what became of it: either it was granted, perhaps to a repeat of this request
     * at another gateway, or it never will be.
     */
    private CompletableFuture<Outcome> resolve(int index, LimitReply unknown) {
        CancelAcquire cancel = new CancelAcquire(unknown.limit(), acquisition.leaseId());
        return LimitReply.to(unknown.limit(), ledger.send(cancel)).thenCompose(reply -> {
            if (reply.failure() != null) {
                // What is held may by now be held for a repeat of this request. What is not expires.
                keeper.stop();
                return unknown.asOutcome();
            }
            return reply.reply() instanceof Granted ? answered(index, reply) : fail(unknown);
        });
    }

    /**
     * A wait may end without this gateway hearing of it: its request is repeated at another one, which gets the answer instead. To
     * go on renewing for a short time only would then cut the repeat's lease short.
     */
    private void lookForGrant() {
        Step waiting = step;
        Lease lease = waiting == null ? null : known.lease(waiting.limit(), acquisition.leaseId());
        if (lease != null) {
            settle(LimitReply.of(lease.limit(), new Granted(lease)));
        }
    }

    private void settle(LimitReply reply) {
        Step waiting = step;
        if (waiting != null) {
            waiting.reply().complete(reply);
        }
    }

    private LimitGroup group(List<String> names) {
        return new LimitGroup(ledger, acquisition.leaseId(), names);
    }

    private boolean isOurs(int index, Lease lease) {
        List<String> siblings = acquisition.siblingsOf(names.get(index));
        String its = lease.claim().owner();
        return (its == null || its.equals(owner))
                && Set.copyOf(lease.siblings()).equals(Set.copyOf(siblings));
    }

    private LimitReply idTaken(String limit) {
        return LimitReply.of(limit, acquisition.idTaken());
    }
}
