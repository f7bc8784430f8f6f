package io.limitledger.audit;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.RecordHeaders;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decides the commands that are retained once more, and holds the events against it. */
final class Redecision {
    private static final long NONE = -1;

    private final int partition;
    private final int partitions;
    private final Iterator<ConsumerRecord<byte[], byte[]>> commands;
    private final Findings findings;
    private final Deque<LimitEvent> expected = new ArrayDeque<>();
    private @Nullable ConsumerRecord<byte[], byte[]> next;
    private @Nullable Ledger ledger;
    private long decided = NONE;
    private long count;

    Redecision(int partition, AuditedLog log, Findings findings) {
        this.partition = partition;
        this.partitions = log.partitions();
        this.commands = log.commands(partition);
        this.findings = findings;
        this.next = commands.hasNext() ? commands.next() : null;
    }

    long commands() {
        return count;
    }

    /**
     * An event that the ledger has written.
     *
     * @param before the state before the first command that is retained, if this is the first event after it
     */
    void compare(LimitEvent event, ConsumerRecord<byte[], byte[]> record, HeapRecords before) {
        if (ledger == null) {
            if (next == null || event.offset() < next.offset()) {
                return;
            }
            ledger = new Ledger(new IndexedLedgerState(before.copy()));
        }
        decideUpTo(event.offset(), record.offset(), ledger);
        if (decided != event.offset()) {
            find(record.offset(), event.limit(), "Expected no event, since there is no command " + event.offset());
            return;
        }
        LimitEvent decision = expected.poll();
        if (decision == null) {
            find(record.offset(), event.limit(), "Expected no more events of command " + decided + ", but got one");
        } else if (!decision.equals(event)) {
            find(record.offset(), event.limit(), "Expected " + decision + ", but got " + event);
        }
    }

    private void decideUpTo(long offset, long at, Ledger again) {
        while (next != null && next.offset() <= offset) {
            missing(at);
            decide(next, again);
            next = commands.hasNext() ? commands.next() : null;
        }
    }

    /** What the command before should have led to, and has not. */
    private void missing(long at) {
        for (LimitEvent event : expected) {
            find(at, event.limit(), "Expected " + event + ", but it is not there");
        }
        expected.clear();
    }

    private void decide(ConsumerRecord<byte[], byte[]> record, Ledger again) {
        decided = record.offset();
        count++;
        try {
            LimitCommand command = CommandRecord.read(record.key(), record.value(), partition, partitions);
            LogEntry entry =
                    new LogEntry(command, record.timestamp(), record.offset(), RecordHeaders.asker(record.headers()));
            expected.addAll(again.decide(entry).events());
        } catch (UnreadableRecordException e) {
            // Passed over by the ledger as well: bad bytes are bad for ever.
            expected.clear();
        }
    }

    /** The end of the events. Commands behind the last one decided are still under way. */
    void end() {
        missing(NONE);
    }

    private void find(long offset, String limit, String what) {
        findings.add(new Finding(Finding.Kind.NOT_AS_DECIDED, LedgerTopics.EVENTS, partition, offset, limit, what));
    }
}
