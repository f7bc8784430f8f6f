package io.limitledger.whatif;

import io.limitledger.audit.ProgressListener;
import io.limitledger.core.Ledger;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.whatif.WhatWas.Kind;
import io.limitledger.whatif.WhatWas.Script;
import io.limitledger.whatif.WhatWas.Step;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What would have been. Requests come when they came; what a client did with its lease moves with the beginning of the lease; the
 * ledger's timer is as late as it was. As long as everything is decided as it was, each command also comes exactly when it came.
 */
final class Rerun {
    /** What is not done at its time, such as a message of a rename, is looked at again no sooner. */
    private static final long TICK_AGAIN_MILLIS = 500;

    private static final int DECISIONS_BETWEEN_LOOKS = 1_000;

    private final WhatWas was;
    private final String limit;
    private final DefinitionChange change;
    private final IndexedLedgerState state;
    private final Ledger ledger;
    private final Tally tally;
    private final ProgressListener listener;
    private final PriorityQueue<Moved> moved = new PriorityQueue<>();
    private final Set<UUID> begun = new HashSet<>();
    private boolean differs;
    private boolean isChanged;
    private int next;
    private long now;
    private long tickedAt = Long.MIN_VALUE;
    private long strangers;
    private long decided;
    private int made;

    /**
     * A command that comes at another time than it came, or that never came.
     *
     * @param order among those that come at the same time
     * @param step that it is; null if no client sent it
     */
    private record Moved(
            long at,
            long order,
            int made,
            LimitCommand command,
            @Nullable Step step) implements Comparable<Moved> {
        @Override
        public int compareTo(Moved other) {
            int byTime = Long.compare(at, other.at);
            int byOrder = byTime == 0 ? Long.compare(order, other.order) : byTime;
            return byOrder == 0 ? Integer.compare(made, other.made) : byOrder;
        }
    }

    /** @param listener learns how many commands have been decided, and may end it by an exception */
    Rerun(WhatWas was, DefinitionChange change, ProgressListener listener) {
        this.listener = listener;
        this.was = was;
        this.limit = was.limit();
        this.change = change;
        HeapRecords records = was.start();
        this.state = new IndexedLedgerState(records);
        this.ledger = new Ledger(state);
        this.tally = new Tally(limit, was.span());
    }

    /** Leases whose end the log does not show, since they were never held in truth or not yet over, and for which one was assumed. */
    long strangers() {
        return strangers;
    }

    /** Whether anything was decided otherwise than it was. */
    boolean differs() {
        return differs;
    }

    Figures run() {
        while (hasNext() && nextAt() < was.span().to()) {
            changeIfBegun(nextAt());
            if (!tickIfDue(nextAt())) {
                takeNext();
            }
        }
        changeIfBegun(was.span().from());
        while (tickIfDue(was.span().to() - 1)) {
            // What falls due after the last command.
        }
        return tally.figures();
    }

    private boolean hasNext() {
        return next < was.steps().size() || !moved.isEmpty();
    }

    private long nextAt() {
        return isMovedNext() ? moved.element().at() : was.steps().get(next).at();
    }

    private void takeNext() {
        if (isMovedNext()) {
            take(moved.remove());
        } else {
            take(was.steps().get(next++));
        }
    }

    private boolean isMovedNext() {
        Moved first = moved.peek();
        return first != null
                && (next == was.steps().size() || isBefore(first, was.steps().get(next)));
    }

    private static boolean isBefore(Moved moved, Step step) {
        return moved.at() == step.at() ? moved.order() < step.entry().offset() : moved.at() < step.at();
    }

    /** The other definition holds from the beginning of the span. */
    private void changeIfBegun(long at) {
        if (!isChanged && at >= was.span().from()) {
            isChanged = true;
            now = Math.max(now, was.span().from());
            redefine(now, 0);
        }
    }

    private void redefine(long timestamp, long offset) {
        Limit known = state.limit(limit);
        if (known == null || change.appliedTo(known.definition()).equals(known.definition())) {
            return;
        }
        differs = true;
        decide(new LogEntry(new UpdateLimit(limit, change), timestamp, offset, null));
    }

    private void take(Step step) {
        boolean isDropped = switch (step.kind()) {
            // Where it began when it did, it is among those that were put in order then.
            case WITH_LEASE -> true;
            case IN_QUEUE -> state.waiter(limit, id(step.entry().command())) == null;
            case TICK -> differs;
            case AS_LOGGED, DEFINES -> false;
        };
        if (!isDropped) {
            take(step, step.entry(), step.at());
        }
    }

    private static UUID id(LimitCommand command) {
        UUID leaseId = command.leaseId();
        if (leaseId == null) {
            throw new IllegalStateException(command.type() + " is about no lease");
        }
        return leaseId;
    }

    private void take(Moved one) {
        Step step = one.step();
        if (step != null && !differs) {
            take(step, step.entry(), one.at());
        } else {
            LogEntry entry = step == null
                    ? new LogEntry(one.command(), one.at(), one.order(), null)
                    : new LogEntry(
                            one.command(),
                            one.at(),
                            one.order(),
                            step.entry().asker(),
                            step.entry().by());
            now = Math.max(now, one.at());
            decide(entry);
        }
    }

    private void take(Step step, LogEntry entry, long at) {
        now = Math.max(now, at);
        Decision decision = decide(entry);
        if (step.kind() == Kind.DEFINES && isChanged) {
            redefine(now, entry.offset());
        }
        differs |= WhatWas.outcome(decision.events()) != step.outcome() || ledger.dueAt(limit) != step.dueAt();
    }

    private Decision decide(LogEntry entry) {
        decided++;
        if (decided % DECISIONS_BETWEEN_LOOKS == 0) {
            listener.read(decided, 0);
        }
        tally.comes(entry.command(), now);
        Decision decision = ledger.decide(entry);
        tally.decided(decision.events(), state, now);
        for (LimitEvent event : decision.events()) {
            if (event.fact() instanceof LeaseGranted grant
                    && begun.add(grant.lease().leaseId())) {
                begin(grant.lease(), entry.offset());
            }
        }
        return decision;
    }

    /** What its client does with a lease. */
    private void begin(Lease lease, long offset) {
        long begunAt = lease.startsAt() - state.leaseClock().aheadMillis();
        Script script = was.script(lease.leaseId());
        if (script != null) {
            script.steps().stream().map(was.steps()::get).forEach(step -> {
                long at = Math.max(now, begunAt + step.at() - script.begunAt());
                add(at, step.entry().offset(), step.entry().command(), step);
            });
        }
        boolean mustConfirm = lease.handedTo() != null && (script == null || !script.hasWaited());
        long heldMillis = script == null ? was.holdMillis(lease.leaseId(), lease.leaseMillis()) : 0;
        if (mustConfirm) {
            long leaseMillis = Math.min(Bounds.LONGEST_LEASE_MILLIS, Math.max(heldMillis + 1, lease.leaseMillis()));
            add(
                    Math.max(now, begunAt) + was.confirmDelayMillis(),
                    offset,
                    new RenewLease(limit, lease.leaseId(), leaseMillis, null),
                    null);
        }
        if (lease.leaseMillis() > 0 && (script == null || !script.hasEnded())) {
            // One whose end the log no longer shows is held for longer than that.
            long seenMillis = script == null ? 0 : was.span().to() - script.begunAt();
            long end = Math.max(now, begunAt) + seenMillis + was.holdMillis(lease.leaseId(), lease.leaseMillis());
            strangers += end < was.span().to() ? 1 : 0;
            add(end, offset, new ReleaseLease(limit, lease.leaseId()), null);
        }
    }

    private void add(long at, long order, LimitCommand command, @Nullable Step step) {
        moved.add(new Moved(at, order, made++, command, step));
    }

    /** The ledger's timer, once it can no longer be as it was. Returns whether there was something to do before a time. */
    private boolean tickIfDue(long before) {
        if (!differs) {
            return false;
        }
        long dueAt = ledger.dueAt(limit);
        if (dueAt == LedgerState.NEVER) {
            return false;
        }
        long due = dueAt - state.leaseClock().aheadMillis() + was.tickDelayMillis();
        long at = Math.max(Math.max(due, now), tickedAt + (due <= tickedAt ? TICK_AGAIN_MILLIS : 0));
        if (at > before) {
            return false;
        }
        now = at;
        tickedAt = at;
        decide(new LogEntry(new Tick(limit), at, Math.max(0, lastOffset()), null));
        return true;
    }

    private long lastOffset() {
        Limit known = state.limit(limit);
        return known == null ? 0 : known.offset();
    }
}
