package io.limitledger.audit;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.Absence;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commands that are retained once more, each with the version of the rules that its events state, and holds the
 * events against it.
 */
final class Redecision {
    private static final long NONE = -1;

    private final int partition;
    private final int partitions;
    private final Iterator<ConsumerRecord<byte[], byte[]>> commands;
    private final LedgerKeys keys;
    private final RuleBook book;
    private final Findings findings;
    private final Deque<LimitEvent> expected = new ArrayDeque<>();
    private @Nullable ConsumerRecord<byte[], byte[]> next;
    private @Nullable Again again;
    private long decided = NONE;
    private long heardFirstAt = LedgerState.NEVER;
    private long count;
    /** Until the first event that is compared, what came of commands without events is not known. */
    private boolean isBeginning;

    /** The state that was decided again, and by which rules. */
    private record Again(HeapRecords records, IndexedLedgerState state, Rules rules, Ledger ledger) {
        static Again on(HeapRecords records, Rules rules) {
            return on(records, new IndexedLedgerState(records), rules);
        }

        private static Again on(HeapRecords records, IndexedLedgerState state, Rules rules) {
            return new Again(records, state, rules, new Ledger(state, rules));
        }

        Again with(Rules others) {
            return on(records, state, others);
        }
    }

    Redecision(int partition, AuditedLog log, RuleBook book, Findings findings) {
        this.partition = partition;
        this.partitions = log.partitions();
        this.commands = log.commands(partition);
        this.keys = log.ledgerKeys();
        this.book = book;
        this.findings = findings;
        this.next = commands.hasNext() ? commands.next() : null;
    }

    long commands() {
        return count;
    }

    /**
     * An event that the ledger has written.
     *
     * @param before the state before the event; where the first command that is retained is decided, that before the command
     */
    void compare(LimitEvent event, ConsumerRecord<byte[], byte[]> record, HeapRecords before) {
        Rules stated = book.version(event.rules());
        if (stated == null) {
            passOver(event, record);
        } else if (again != null || (next != null && event.offset() >= next.offset())) {
            isBeginning = again == null;
            Again sofar = again == null ? Again.on(before.copy(), stated) : again;
            again = decideUpTo(event, record.offset(), sofar, stated);
            hold(event, record);
        }
    }

    private void hold(LimitEvent event, ConsumerRecord<byte[], byte[]> record) {
        if (decided != event.offset()) {
            find(record.offset(), event.limit(), "Expected no event, since there is no command " + event.offset());
            return;
        }
        LimitEvent decision = expected.poll();
        if (decision == null) {
            find(record.offset(), event.limit(), "Expected no more events of command " + decided + ", but got one");
        } else if (!decision.equals(event)) {
            findings.add(new Finding(
                    Finding.Kind.NOT_AS_DECIDED,
                    LedgerTopics.EVENTS,
                    partition,
                    record.offset(),
                    event.limit(),
                    "Command " + decided + " leads to another event " + event.number() + " than the one that is there: "
                            + Difference.between(decision, event),
                    decision.toString(),
                    event.toString()));
        }
    }

    /** What unknown rules decide cannot be decided again; but the fold can go on with the state behind it. */
    private void passOver(LimitEvent event, ConsumerRecord<byte[], byte[]> record) {
        findings.add(new Finding(
                Finding.Kind.UNKNOWN_RULES,
                LedgerTopics.EVENTS,
                partition,
                record.offset(),
                event.limit(),
                "Expected rules up to version " + book.newest().version() + ", but got " + event.rules()
                        + "; verify with the version of limits that decided it"));
        missing(record.offset());
        again = null;
        while (next != null && next.offset() <= event.offset()) {
            next = commands.hasNext() ? commands.next() : null;
        }
    }

    private Again decideUpTo(LimitEvent event, long at, Again sofar, Rules stated) {
        long offset = event.offset();
        Again now = sofar.rules().version() == stated.version() ? sofar : rollOut(offset, at, sofar, stated);
        while (next != null && next.offset() < offset) {
            decide(take(next, at), now);
        }
        if (next != null && next.offset() == offset) {
            decideBelieving(event, take(next, at), now);
        }
        return now;
    }

    /** An absence before the first heartbeat that is retained can only be believed, if there is room for it. */
    private void decideBelieving(LimitEvent event, ConsumerRecord<byte[], byte[]> command, Again by) {
        if (isBeginning) {
            believeStep(event, by);
        }
        LeaseClock clock = by.records().leaseClock();
        long unknownMillis = unknownMillis(event, clock, by.state().limit(event.limit()));
        if (unknownMillis > 0) {
            long until = Math.min(heardFirstAt, event.at());
            StateRecords.put(by.records(), clock.withEarlier(new Absence(until - unknownMillis, until)));
        }
        decide(command, by);
        if (unknownMillis > 0) {
            LeaseClock after = by.records().leaseClock();
            LeaseClock known =
                    new LeaseClock(after.heartbeatAt(), clock.absences(), after.aheadMillis(), after.reachedAt());
            StateRecords.put(by.records(), known);
        }
    }

    /** A step of the broker's clock between the last event and the first command that is retained can only be believed. */
    private static void believeStep(LimitEvent event, Again by) {
        LeaseClock clock = by.records().leaseClock();
        if (clock.aheadMillis() < event.aheadMillis()) {
            StateRecords.put(by.records(), clock.ahead(event.aheadMillis()));
        }
    }

    private long unknownMillis(LimitEvent event, LeaseClock clock, @Nullable Limit limit) {
        if (limit == null || limit.decidedAt() >= heardFirstAt) {
            return 0;
        }
        return event.fact() instanceof LeasesProlonged prolonged
                ? prolonged.byMillis() - clock.stoodStillMillis(limit.decidedAt(), event.at())
                : 0;
    }

    /**
     * The events go on with other rules. Commands that left no event do not say which rules decided them; so there must be
     * one place between the events up to which the old rules leave none, and from which the new ones do not. The latest is
     * where the old ones would leave an event: it asks the least of the new ones.
     */
    private Again rollOut(long offset, long at, Again old, Rules stated) {
        if (next == null || next.offset() >= offset) {
            return old.with(stated);
        }
        HeapRecords before = old.records().copy();
        while (next != null && next.offset() < offset) {
            ConsumerRecord<byte[], byte[]> command = take(next, at);
            decide(command, old);
            if (!expected.isEmpty()) {
                expected.clear();
                Again now = Again.on(before, stated);
                decide(command, now);
                return now;
            }
        }
        return old.with(stated);
    }

    private ConsumerRecord<byte[], byte[]> take(ConsumerRecord<byte[], byte[]> command, long at) {
        missing(at);
        count++;
        next = commands.hasNext() ? commands.next() : null;
        return command;
    }

    /** What the command before should have led to, and has not. */
    private void missing(long at) {
        for (LimitEvent event : expected) {
            findings.add(new Finding(
                    Finding.Kind.NOT_AS_DECIDED,
                    LedgerTopics.EVENTS,
                    partition,
                    at,
                    event.limit(),
                    "Command " + event.offset() + " leads to event " + event.number() + ", "
                            + event.fact().type() + ", but it is not there",
                    event.toString(),
                    null));
        }
        expected.clear();
    }

    private void decide(ConsumerRecord<byte[], byte[]> record, Again by) {
        decided = record.offset();
        try {
            CommandRecord asked =
                    new CommandRecord.Reader(partitions, by.rules().version(), keys).read(record);
            LogEntry entry =
                    new LogEntry(asked.command(), record.timestamp(), record.offset(), asked.asker(), asked.by());
            expected.addAll(by.ledger().decide(entry).events());
            if (asked.command() instanceof Heartbeat) {
                long aheadMillis = by.records().leaseClock().aheadMillis();
                heardFirstAt = Math.min(heardFirstAt, record.timestamp() + aheadMillis);
            }
        } catch (UnreadableRecordException e) {
            // Passed over by the ledger as well: bad bytes are bad for ever.
            expected.clear();
        }
    }

    /** Events that the last command compared should have left, and has not so far. */
    List<LimitEvent> owed() {
        return List.copyOf(expected);
    }

    /** When leases ran out, as the commands say up to the last one compared; null if none is retained that says so. */
    @Nullable
    LeaseClock leaseClock() {
        return again == null ? null : again.records().leaseClock();
    }

    /** The end of the events. Commands behind the last one decided are still under way. */
    void end() {
        missing(NONE);
    }

    private void find(long offset, String limit, String what) {
        findings.add(new Finding(Finding.Kind.NOT_AS_DECIDED, LedgerTopics.EVENTS, partition, offset, limit, what));
    }
}
