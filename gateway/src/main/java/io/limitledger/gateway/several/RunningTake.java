package io.limitledger.gateway.several;

import io.limitledger.client.TooManyInFlightException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.LedgerPort;
import io.limitledger.timer.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Taking slots of several limits without a lease, while it is under way: one limit after the other; what was taken is
 * returned if a later one denies.
 */
final class RunningTake {
    private final LedgerPort ledger;
    private final Timer timer;
    private final List<String> names;
    private final long slots;
    private final long deadlineMillis;
    private final @Nullable Holder holder;
    private final UUID id;

    /** Only ever touched by the step under way. */
    private final List<Lease> taken = new ArrayList<>();

    RunningTake(
            LedgerPort ledger, Timer timer, List<String> names, long slots, long waitMillis, @Nullable Holder holder) {
        this.ledger = ledger;
        this.timer = timer;
        this.deadlineMillis = timer.nowMillis() + waitMillis;
        this.names = names;
        this.slots = slots;
        this.holder = holder;
        this.id = Acquisition.newId(names);
    }

    CompletableFuture<Outcome> run() {
        if (taken.size() == names.size()) {
            return CompletableFuture.completedFuture(Outcome.granted(taken));
        }
        String limit = names.get(taken.size());
        return LimitReply.to(limit, ledger.send(new TakeSlots(limit, id, slots, holder)))
                .thenCompose(this::answered);
    }

    private CompletableFuture<Outcome> answered(LimitReply reply) {
        long waitMillis = deadlineMillis - timer.nowMillis();
        return reply.reply() instanceof Denied && waitMillis > 0 ? waitFor(reply, waitMillis) : decided(reply);
    }

    /** Slots that decay may be waited for; where they do not, the denial stands. */
    private CompletableFuture<Outcome> waitFor(LimitReply denied, long waitMillis) {
        AcquireLease acquire = new AcquireLease(denied.limit(), id, slots, 0, waitMillis, holder, List.of());
        return LimitReply.to(denied.limit(), ledger.send(acquire))
                .thenCompose(reply -> decided(reply.isRefusedFor(Refused.Reason.LEASE_REQUIRED) ? denied : reply));
    }

    private CompletableFuture<Outcome> decided(LimitReply reply) {
        if (reply.reply() instanceof Granted granted) {
            taken.add(granted.lease());
            return run();
        }
        boolean isKnown = reply.failure() == null || reply.failure() instanceof TooManyInFlightException;
        return isKnown ? fail(reply) : resolve(reply);
    }

    /** No answer came. Cancelling tells whether the slots were taken. */
    private CompletableFuture<Outcome> resolve(LimitReply unknown) {
        return LimitReply.to(unknown.limit(), ledger.send(new CancelAcquire(unknown.limit(), id)))
                .thenCompose(reply -> reply.reply() instanceof Granted ? decided(reply) : fail(unknown));
    }

    private CompletableFuture<Outcome> fail(LimitReply reply) {
        return LimitReply.all(taken.stream()
                        // An inactive limit gave without taking; it may be active again by now.
                        .filter(lease -> lease.takenMicros() > 0)
                        .map(lease ->
                                LimitReply.to(lease.limit(), ledger.send(new ReturnSlots(lease.limit(), slots, 0))))
                        .toList())
                .thenCompose(returned -> reply.asOutcome());
    }
}
