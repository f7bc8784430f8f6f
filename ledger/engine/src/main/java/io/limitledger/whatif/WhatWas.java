package io.limitledger.whatif;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was: the commands that concern a limit, decided again as they came, and what they show of its clients. From which lease
 * on what was done, how long it was held, and how late the ledger's timer was.
 */
final class WhatWas {
    /** Where no tick shows how late the timer is. */
    private static final long USUAL_TICK_DELAY_MILLIS = 2;

    /** Where no client shows it. */
    private static final long USUAL_CONFIRM_DELAY_MILLIS = 2;

    /** 2 to the power of 64, divided by the golden ratio. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final String limit;
    private final HeapRecords start;
    private final Span span;
    private final List<Step> steps = new ArrayList<>();
    private final Map<UUID, Script> scripts = new HashMap<>();
    private final List<Long> tickDelays = new ArrayList<>();
    private final List<Long> confirmDelays = new ArrayList<>();
    private final Tally tally;
    private long[] holds = {};
    private boolean isKnown;
    private long tickDelayMillis;
    private long confirmDelayMillis;

    /** How a command moves if another definition holds. */
    enum Kind {
        /** Comes when it came. */
        AS_LOGGED,
        /** Comes when it came, and changes the definition. */
        DEFINES,
        /** Comes as long after its lease has begun as it did. */
        WITH_LEASE,
        /** A client that waits no longer: comes when it came, if the client still waits. */
        IN_QUEUE,
        /** The ledger's own: comes when something is due. */
        TICK
    }

    /**
     * A command and what it led to.
     *
     * @param at when it came, epoch milliseconds; never earlier than the one before, whatever the broker's clock said
     * @param outcome the same for two decisions that grant, deny and end the same
     * @param dueAt what was due next, by the partition's time
     */
    record Step(Kind kind, LogEntry entry, long at, int outcome, long dueAt) {}

    /** What the client of a lease did, from when the lease began. */
    static final class Script {
        private final long begunAt;
        private final boolean hasWaited;
        private final List<Integer> steps = new ArrayList<>();
        private long heldMillis = -1;

        private Script(long begunAt, boolean hasWaited) {
            this.begunAt = begunAt;
            this.hasWaited = hasWaited;
        }

        /** By the broker's clock, epoch milliseconds. */
        long begunAt() {
            return begunAt;
        }

        boolean hasWaited() {
            return hasWaited;
        }

        /** Whether the log shows its end. */
        boolean hasEnded() {
            return heldMillis >= 0;
        }

        /** Indexes of the commands that move with it. */
        List<Integer> steps() {
            return steps;
        }
    }

    private WhatWas(String limit, HeapRecords start, Span span) {
        this.limit = limit;
        this.start = start;
        this.span = span;
        this.tally = new Tally(limit, span);
    }

    /**
     * Decides commands of a partition as they were decided.
     *
     * @param start the state of the limit before the first of them; it is not changed
     * @param commands of the partition, in their order; those of other limits are passed over
     * @param mostSteps commands that are kept in memory
     * @throws TooMuchException if more concern the limit
     */
    static WhatWas of(String limit, HeapRecords start, Iterator<LogEntry> commands, Span span, int mostSteps) {
        WhatWas was = new WhatWas(limit, start, span);
        was.decide(commands, mostSteps);
        return was;
    }

    private void decide(Iterator<LogEntry> commands, int mostSteps) {
        HeapRecords records = start.copy();
        IndexedLedgerState state = new IndexedLedgerState(records);
        Ledger ledger = new Ledger(state);
        long at = 0;
        isKnown = state.limit(limit) != null;
        long dueAt = ledger.dueAt(limit);
        while (commands.hasNext()) {
            LogEntry entry = commands.next();
            at = Math.max(at, entry.timestamp());
            if (at >= span.to()) {
                break;
            }
            if (!concerns(entry.command(), ledger)) {
                continue;
            }
            if (steps.size() == mostSteps) {
                throw new TooMuchException(mostSteps, at);
            }
            Kind kind = kind(entry, state, at);
            noteDelay(entry, dueAt, state);
            tally.comes(entry.command(), at);
            Decision decision = ledger.decide(entry);
            long aheadMillis = state.leaseClock().aheadMillis();
            decision.events().forEach(event -> note(event.fact(), entry.timestamp(), aheadMillis));
            tally.decided(decision.events(), state, at);
            isKnown |= state.limit(limit) != null;
            dueAt = ledger.dueAt(limit);
            steps.add(new Step(kind, entry, at, outcome(decision.events()), dueAt));
        }
        holds = scripts.values().stream()
                .mapToLong(script -> script.heldMillis)
                .filter(held -> held >= 0)
                .sorted()
                .toArray();
        tickDelayMillis = median(tickDelays, USUAL_TICK_DELAY_MILLIS);
        confirmDelayMillis = median(confirmDelays, USUAL_CONFIRM_DELAY_MILLIS);
    }

    private boolean concerns(LimitCommand command, Ledger ledger) {
        return command instanceof Heartbeat || limit.equals(ledger.limitMeantBy(command));
    }

    private Kind kind(LogEntry entry, IndexedLedgerState state, long at) {
        LimitCommand command = entry.command();
        if (command instanceof Tick) {
            return Kind.TICK;
        }
        if (command instanceof PutLimit
                || command instanceof UpdateLimit
                || command instanceof DeleteLimit
                || command instanceof AdoptLimit) {
            return Kind.DEFINES;
        }
        boolean isOfLease = command instanceof RenewLease
                || command instanceof SettleLease
                || command instanceof ReleaseLease
                || command instanceof CancelAcquire;
        UUID leaseId = command.leaseId();
        if (!isOfLease || leaseId == null) {
            return Kind.AS_LOGGED;
        }
        if (state.waiter(limit, leaseId) != null) {
            return Kind.IN_QUEUE;
        }
        Script script = scripts.get(leaseId);
        if (script == null) {
            return Kind.AS_LOGGED;
        }
        script.steps.add(steps.size());
        Lease lease = state.lease(limit, leaseId);
        if (lease != null && lease.handedTo() != null && command instanceof RenewLease) {
            confirmDelays.add(Math.max(0, at - script.begunAt));
        }
        return Kind.WITH_LEASE;
    }

    private void noteDelay(LogEntry entry, long dueAt, LedgerState state) {
        long delay = entry.timestamp() + state.leaseClock().aheadMillis() - dueAt;
        if (entry.command() instanceof Tick && dueAt != LedgerState.NEVER && delay >= 0) {
            tickDelays.add(delay);
        }
    }

    private void note(Fact fact, long timestamp, long aheadMillis) {
        if (fact instanceof LeaseGranted grant) {
            Lease lease = grant.lease();
            scripts.putIfAbsent(lease.leaseId(), new Script(lease.startsAt() - aheadMillis, lease.handedTo() != null));
        } else if (fact instanceof LeaseReleased released) {
            noteEnd(released.leaseId(), timestamp);
        } else if (fact instanceof LeaseExpired expired) {
            noteEnd(expired.leaseId(), expired.expiresAt() - aheadMillis);
        }
    }

    private void noteEnd(UUID leaseId, long at) {
        Script script = scripts.get(leaseId);
        if (script != null && script.heldMillis < 0) {
            script.heldMillis = Math.max(0, at - script.begunAt);
        }
    }

    private static long median(List<Long> values, long otherwise) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? otherwise : sorted[sorted.length / 2];
    }

    /** Of two decisions that grant, deny and end the same at the same times, whatever numbers they write beside it. */
    static int outcome(List<LimitEvent> events) {
        int outcome = 1;
        for (LimitEvent event : events) {
            Fact fact = event.fact();
            int one = fact.type().hashCode();
            if (fact instanceof LeaseGranted grant) {
                one = Arrays.hashCode(new long[] {
                    one,
                    grant.lease().leaseId().hashCode(),
                    grant.lease().slots(),
                    grant.lease().startsAt(),
                    grant.lease().expiresAt()
                });
            }
            outcome = 31 * outcome + one;
        }
        return outcome;
    }

    /**
     * How long a client would have held a lease that it never got: as long as one of the others did, and always the same one, so
     * that all together hold as long as those.
     *
     * @param otherwise where no lease shows it
     */
    long holdMillis(UUID leaseId, long otherwise) {
        if (holds.length == 0) {
            return otherwise;
        }
        // Ids may be numbered, and must be spread all the same.
        long mixed = (leaseId.getMostSignificantBits() * MIX) ^ leaseId.getLeastSignificantBits();
        return holds[(int) (((mixed * MIX) >>> 1) % holds.length)];
    }

    /** Whether there was such a limit at any time. */
    boolean isKnown() {
        return isKnown;
    }

    String limit() {
        return limit;
    }

    Span span() {
        return span;
    }

    /** A copy of the state before the first step. */
    HeapRecords start() {
        return start.copy();
    }

    List<Step> steps() {
        return steps;
    }

    /** Of the client of a lease; null if the lease was never granted while these commands were decided. */
    @Nullable
    Script script(UUID leaseId) {
        return scripts.get(leaseId);
    }

    /** How late the ledger's timer notices that something is due. */
    long tickDelayMillis() {
        return tickDelayMillis;
    }

    /** How soon a client that has waited confirms its lease. */
    long confirmDelayMillis() {
        return confirmDelayMillis;
    }

    Figures figures() {
        return tally.figures();
    }
}
