package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.OnBehalf;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.state.Holder;
import io.limitledger.timer.Timer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Acquires, renews and releases leases on one limit or on several at once, all or nothing, under one lease id. One limit is
 * no special case for callers, and costs no more than asking it directly. Safe for use by many threads.
 *
 * <p>Several limits are asked in the order of their names, so that no two requests block each other. <b>While a request
 * waits for a later limit it holds the earlier ones</b>, for as long as its patience lasts: others see them occupied, though
 * no work is done with them yet. A request with a wait of 0 avoids that.
 *
 * <p>Futures end as those of the ledger's client do. What follows them must not block.
 */
public final class Leases {
    private final Asking everyone;
    private final KnownLeases known;
    private final Timer timer;
    private final GivingBack givingBack;
    private final ChosenIds chosenIds;
    private final Map<UUID, Running> running;

    private final OnBehalf caller;
    private final Asking ledger;
    private final LeaseFinder finder;

    /** One that others may share, or that may be given up. */
    private record Running(
            Acquisition acquisition,
            RunningAcquire acquire,
            CompletableFuture<Outcome> outcome,
            @Nullable String by) {}

    /** Of callers that are not known. */
    public Leases(Asking ledger, KnownLeases known, Timer timer) {
        this.everyone = ledger;
        this.known = known;
        this.timer = timer;
        this.givingBack = new GivingBack(known, timer);
        this.chosenIds = new ChosenIds(known, timer);
        this.running = new ConcurrentHashMap<>();
        this.caller = OnBehalf.NO_ONE;
        this.ledger = ledger;
        this.finder = new LeaseFinder(ledger, known, timer);
    }

    private Leases(Leases all, OnBehalf caller) {
        this.everyone = all.everyone;
        this.known = all.known;
        this.timer = all.timer;
        this.givingBack = all.givingBack;
        this.chosenIds = all.chosenIds;
        this.running = all.running;
        this.caller = caller;
        this.ledger = everyone.as(caller);
        this.finder = new LeaseFinder(ledger, known, timer);
    }

    /**
     * The same leases, asked for on behalf of a principal: every command that follows from what is asked here carries its name,
     * however long an acquire goes on, and what it acquires belongs to it.
     */
    public Leases as(OnBehalf caller) {
        return new Leases(this, caller);
    }

    /**
     * Acquires a lease on all limits, or on none. The outcome is a grant, or what the limit said that would not.
     *
     * <p>Repeating it with the same id gives the same lease, renewed, and takes nothing twice. While the first is under
     * way here, its repeat shares its outcome. Once a try has given back what it held, its id is spent: a repeat is
     * refused as gone, and a new id is needed.
     */
    public CompletableFuture<Outcome> acquire(Acquisition acquisition) {
        if (acquisition.names().size() == 1) {
            return acquireOne(acquisition);
        }
        Running mine = new Running(
                acquisition,
                new RunningAcquire(ledger, known, timer, acquisition, caller.by()),
                new CompletableFuture<>(),
                caller.by());
        Running other = running.putIfAbsent(acquisition.leaseId(), mine);
        if (other != null) {
            return other.acquisition().isSame(acquisition) && isMine(other)
                    ? other.outcome()
                    : CompletableFuture.completedFuture(
                            Outcome.of(acquisition.names().get(0), acquisition.idTaken()));
        }
        run(mine);
        return mine.outcome();
    }

    private boolean isMine(Running acquire) {
        return Objects.equals(acquire.by(), caller.by());
    }

    /**
     * The same under an id that the client chose, which may be in use for another request: on other limits too it is refused
     * then. Another gateway may have granted it there some milliseconds ago; whatever is asked of the id alone acts on all
     * its limits.
     */
    public CompletableFuture<Outcome> acquireUnderChosenId(Acquisition acquisition) {
        if (!chosenIds.use(acquisition)) {
            return CompletableFuture.completedFuture(
                    Outcome.of(acquisition.names().get(0), acquisition.idInUse()));
        }
        return acquire(acquisition).thenApply(outcome -> {
            if (!outcome.isHeld() && !outcome.isRefusedFor(Refused.Reason.LEASE_ID_TAKEN)) {
                chosenIds.forget(acquisition);
            }
            return outcome;
        });
    }

    private void run(Running mine) {
        Acquisition acquisition = mine.acquisition();
        CompletableFuture<Outcome> unused = CompletableFuture.completedFuture(mine.acquire())
                .thenCompose(RunningAcquire::run)
                .whenComplete((outcome, failure) -> {
                    running.remove(acquisition.leaseId());
                    if (failure == null) {
                        mine.outcome().complete(outcome);
                    } else {
                        mine.outcome().completeExceptionally(failure);
                    }
                });
    }

    private CompletableFuture<Outcome> acquireOne(Acquisition one) {
        Acquisition.Part part = one.parts().get(0);
        return ledger.send(one.acquire(part, one.leaseMillis(), one.waitMillis()))
                .thenApply(answer -> answer.reply() instanceof Granted granted
                        ? Outcome.granted(List.of(granted.lease()))
                        : Outcome.of(part.name(), answer.reply()));
    }

    /**
     * Says whether an acquire would be granted at once. Nothing is taken, and nothing waits. The outcome is a {@link Checked},
     * that of the limit that would keep it waiting longest; or a refusal.
     */
    public CompletableFuture<Outcome> check(Acquisition acquisition) {
        return LimitReply.all(acquisition.parts().stream()
                        .map(part -> LimitReply.to(
                                part.name(),
                                ledger.send(acquisition
                                        .acquire(part, acquisition.leaseMillis(), 0)
                                        .asCheck())))
                        .toList())
                .thenCompose(replies -> replies.stream()
                        .max(Comparator.comparingLong(Leases::waitsMillis))
                        .orElseThrow()
                        .asOutcome());
    }

    /** Longest for what is not an answer to a check. */
    private static long waitsMillis(LimitReply reply) {
        if (!(reply.reply() instanceof Checked checked)) {
            return Long.MAX_VALUE;
        }
        return checked.denial() == null ? 0 : Math.max(1, checked.denial().retryAfterMillis());
    }

    /**
     * Gives back whatever an acquire has been granted, or still would be, and ends its wait. For ids that no one else knows;
     * it is seen to in the background until the ledger has confirmed it.
     */
    public void giveUp(Acquisition acquisition) {
        Running current = running.get(acquisition.leaseId());
        List<String> asked = current == null || !isMine(current)
                ? acquisition.names()
                : current.acquire().giveUp();
        givingBack.release(ledger, acquisition.leaseId(), asked);
    }

    /**
     * Ends whatever is held or waited for under an id that only the caller uses, and keeps an acquire that is still on its way
     * from taking anything. Fails if a limit did not confirm it; it can be repeated then. Fails with {@link NotOwnerException} if
     * what is held or waited for has another owner.
     *
     * @param names of the limits that the id was made for
     */
    public CompletableFuture<Void> end(UUID leaseId, List<String> names) {
        return end(leaseId, names, Map.of());
    }

    /** The same for slots of which it is known how many were really used: by name of the limit. */
    public CompletableFuture<Void> end(UUID leaseId, List<String> names, Map<String, Long> used) {
        Running current = running.get(leaseId);
        if (current != null && isMine(current)) {
            current.acquire().giveUp();
        }
        return new LeaseEnd(ledger, leaseId, names, used).run();
    }

    /**
     * Takes slots of all limits without a lease, or of none. Should this process die half-way, what it took stays taken
     * until it is returned, like all slots without a lease.
     *
     * @param waitMillis patience for all of them together; only limits that decay can be waited for
     */
    public RunningTake take(Collection<String> names, long slots, long waitMillis, @Nullable Holder holder) {
        List<String> inOrder = Acquisition.inOrder(names);
        return new RunningTake(ledger, known, timer, givingBack, inOrder, slots, waitMillis, holder).start();
    }

    /**
     * Holds a lease for longer on all its limits. If it is gone on one of them it is gone: the others are released, and
     * the outcome is that refusal.
     */
    public CompletableFuture<Outcome> renew(UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        return finder.renew(leaseId, leaseMillis, holder);
    }

    /** The same for a caller that knows one of its limits: should the lease be gone, that limit says when and how it ended. */
    public CompletableFuture<Outcome> renew(UUID leaseId, long leaseMillis, @Nullable Holder holder, String limit) {
        return finder.renew(leaseId, leaseMillis, holder)
                .thenCompose(outcome -> outcome.isGone()
                        // The limit may have been deleted a moment ago, by a request that this gateway has answered.
                        ? known.caughtUp().thenCompose(seen -> howItEnded(outcome, limit, leaseId, leaseMillis))
                        : completed(outcome));
    }

    private CompletableFuture<Outcome> howItEnded(Outcome gone, String limit, UUID leaseId, long leaseMillis) {
        if (known.isMissing(limit)) {
            String message = "Lease " + leaseId + " ended with limit '" + limit + "', which was deleted or renamed";
            return completed(Outcome.of(limit, new Refused(Refused.Reason.LEASE_GONE, message, List.of())));
        }
        return ledger.send(new RenewLease(limit, leaseId, leaseMillis, null))
                .thenApply(answer -> answer.reply() instanceof Renewed renewed
                        ? Outcome.renewed(List.of(renewed.lease()))
                        : Outcome.of(limit, answer.reply()))
                .exceptionally(failure -> gone);
    }

    private static CompletableFuture<Outcome> completed(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /**
     * Says how many slots of a limit were really used, by the lease id alone; for slots without a lease too, as long as their
     * id is remembered. A lease on several limits is refused: see {@link #settle(UUID, Map)}. The outcome is a {@link
     * io.limitledger.core.reply.Charged}, or a refusal.
     */
    public CompletableFuture<Outcome> settle(UUID leaseId, long slots) {
        return finder.settle(leaseId, slots);
    }

    /** The same on some of a lease's limits, by their names; the others stay as they are. Repeatable. */
    public CompletableFuture<Outcome> settle(UUID leaseId, Map<String, Long> slots) {
        return new LimitGroup(ledger, leaseId, slots.keySet()).settle(slots);
    }

    /** Ends a lease on all its limits, or the wait for it. What is gone is released. */
    public CompletableFuture<Outcome> release(UUID leaseId) {
        return release(leaseId, null);
    }

    /**
     * The same, settled in the same decision.
     *
     * @param used how many slots were really used; null if as many as were taken. Not for a lease on several limits
     */
    public CompletableFuture<Outcome> release(UUID leaseId, @Nullable Long used) {
        return finder.release(leaseId, used)
                .thenApply(outcome -> outcome.isGone() ? Outcome.released(leaseId) : outcome);
    }

    /** The same for callers to whom it makes a difference: what is gone is refused as gone. */
    public CompletableFuture<Outcome> releaseIfHeld(UUID leaseId) {
        return finder.release(leaseId, null);
    }
}
