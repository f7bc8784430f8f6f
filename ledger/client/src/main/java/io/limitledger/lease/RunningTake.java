package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Taking slots of several limits without a lease, while it is under way: one limit after the other; what was taken is
 * returned if a later one denies, or if the client that would use it is gone. No slots are returned twice: that would free
 * those of others.
 */
public final class RunningTake {
    private final Asking ledger;
    private final KnownLeases known;
    private final Timer timer;
    private final GivingBack givingBack;
    private final List<String> names;
    private final long slots;
    private final long deadlineMillis;
    private final @Nullable Holder holder;
    private final UUID id;
    private final List<Lease> taken = new ArrayList<>();
    private CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private @Nullable String waitsFor;
    private boolean isGivenUp;
    private boolean isOver;

    RunningTake(
            Asking ledger,
            KnownLeases known,
            Timer timer,
            GivingBack givingBack,
            List<String> names,
            long slots,
            long waitMillis,
            @Nullable Holder holder) {
        this.ledger = ledger;
        this.known = known;
        this.timer = timer;
        this.givingBack = givingBack;
        this.deadlineMillis = timer.nowMillis() + waitMillis;
        this.names = names;
        this.slots = slots;
        this.holder = holder;
        this.id = Acquisition.newId(names);
    }

    RunningTake start() {
        outcome = next();
        return this;
    }

    /** A grant, whose leases are over as they begin, or what the limit said that would not. */
    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Leaves the queue, and returns what was taken or still will be. */
    public void giveUp() {
        String queue;
        List<Lease> idle;
        synchronized (this) {
            if (isGivenUp) {
                return;
            }
            isGivenUp = true;
            queue = waitsFor;
            idle = isOver ? List.copyOf(taken) : List.of();
        }
        CompletableFuture<?> unused = giveBack(idle);
        if (queue != null) {
            // The step under way also learns the result.
            unused = ledger.send(new CancelAcquire(queue, id));
        }
    }

    private CompletableFuture<Outcome> next() {
        String limit;
        synchronized (this) {
            if (isGivenUp) {
                return fail(LimitReply.of(names.get(0), new Cancelled(id)));
            }
            if (taken.size() == names.size()) {
                isOver = true;
                return CompletableFuture.completedFuture(Outcome.granted(List.copyOf(taken)));
            }
            limit = names.get(taken.size());
        }
        return LimitReply.to(limit, ledger.send(new TakeSlots(limit, id, slots, holder)))
                .thenCompose(this::answered);
    }

    private CompletableFuture<Outcome> answered(LimitReply reply) {
        long waitMillis = deadlineMillis - timer.nowMillis();
        boolean mayWait = reply.reply() instanceof Denied && waitMillis > 0 && isToWaitFor(reply.limit());
        return mayWait ? waitFor(reply, waitMillis) : decided(reply);
    }

    private synchronized boolean isToWaitFor(String limit) {
        waitsFor = isGivenUp ? null : limit;
        return !isGivenUp;
    }

    /** Slots that decay may be waited for; where they do not, the denial is final. */
    private CompletableFuture<Outcome> waitFor(LimitReply denied, long waitMillis) {
        AcquireLease acquire = new AcquireLease(denied.limit(), id, slots, 0, waitMillis, holder, List.of());
        return LimitReply.to(denied.limit(), ledger.send(acquire))
                .thenCompose(reply -> decided(reply.isRefusedFor(Refused.Reason.LEASE_REQUIRED) ? denied : reply));
    }

    private CompletableFuture<Outcome> decided(LimitReply reply) {
        synchronized (this) {
            waitsFor = null;
            if (reply.reply() instanceof Granted granted) {
                taken.add(granted.lease());
            }
        }
        if (reply.reply() instanceof Granted) {
            return next();
        }
        return reply.isKnown() ? fail(reply) : resolve(reply);
    }

    /** No answer came. The answer to a cancel says whether the slots were taken; without that answer, the ledger is asked later. */
    private CompletableFuture<Outcome> resolve(LimitReply unknown) {
        return LimitReply.to(unknown.limit(), ledger.send(new CancelAcquire(unknown.limit(), id)))
                .thenCompose(reply -> {
                    if (reply.failure() != null) {
                        givingBack.untilDone(() -> cancelLater(unknown.limit()));
                    }
                    return reply.reply() instanceof Granted ? decided(reply) : fail(unknown);
                });
    }

    /** By then what decays may have gone by itself, and to return it would free the slots of others. */
    private CompletableFuture<Void> cancelLater(String name) {
        return ledger.send(new CancelAcquire(name, id)).thenAccept(answer -> {
            Limit limit = known.limit(name);
            boolean stays = limit != null && limit.definition().slotDecayPerSecond() == 0;
            if (stays && answer.reply() instanceof Granted granted) {
                CompletableFuture<?> unused = giveBack(List.of(granted.lease()));
            }
        });
    }

    private CompletableFuture<Outcome> fail(LimitReply reply) {
        List<Lease> idle;
        synchronized (this) {
            isOver = true;
            idle = List.copyOf(taken);
            taken.clear();
        }
        return giveBack(idle).thenCompose(returned -> reply.asOutcome());
    }

    private CompletableFuture<List<LimitReply>> giveBack(List<Lease> leases) {
        return LimitReply.all(leases.stream()
                // An inactive limit gave without taking; it may be active again by now.
                .filter(lease -> lease.takenMicros() > 0)
                .map(lease -> LimitReply.to(lease.limit(), ledger.send(new ReturnSlots(lease.limit(), slots, 0))))
                .toList());
    }
}
