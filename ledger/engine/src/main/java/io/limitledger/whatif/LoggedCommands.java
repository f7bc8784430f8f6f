package io.limitledger.whatif;

import io.limitledger.audit.AuditedLog;
import io.limitledger.audit.PastState;
import io.limitledger.audit.ProgressListener;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The commands that may concern a limit, from its partition of the log; what is no command is passed over, as the ledger did. */
final class LoggedCommands implements Iterator<LogEntry> {
    /**
     * So that heartbeats of the ledger come before the span, and it is known when leases ran. Longer than a ledger is usually away; where
     * the lead begins while it was, leases that ran then end too soon.
     */
    private static final long LEAD_MILLIS = 120_000;

    private static final int COMMANDS_BETWEEN_LOOKS = 1_000;

    private final byte[] key;
    private final Iterator<ConsumerRecord<byte[], byte[]>> records;
    private final CommandRecord.Reader reader;
    private final ProgressListener listener;
    private long count;
    private @Nullable LogEntry next;

    private LoggedCommands(
            String limit, AuditedLog log, Iterator<ConsumerRecord<byte[], byte[]>> records, ProgressListener listener) {
        this.key = limit.getBytes(StandardCharsets.UTF_8);
        this.records = records;
        this.reader = new CommandRecord.Reader(
                log.partitions(), RuleBook.OURS.newest().version(), log.ledgerKeys());
        this.listener = listener;
        this.next = read();
    }

    /**
     * Reads what was decided on a limit.
     *
     * @param mostCommands of the limit that are kept in memory
     * @param listener learns how far the reading has come, and may end it by an exception
     * @throws NotRetainedException if the commands of the beginning of the span are gone
     * @throws TooMuchException if more commands concern the limit
     */
    static WhatIf whatIf(String limit, AuditedLog log, Span span, int mostCommands, ProgressListener listener) {
        int partition = LeaseIds.partition(limit, log.partitions());
        Iterator<ConsumerRecord<byte[], byte[]>> all = log.commands(partition);
        Long retainedSince = all.hasNext() ? Long.valueOf(all.next().timestamp()) : null;
        long since = span.from() - LEAD_MILLIS;
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.commandsSince(partition, since);
        FirstOffset first = new FirstOffset(records);
        boolean isFromTheBeginning = first.offset == 0;
        if (retainedSince != null && retainedSince > since && !isFromTheBeginning) {
            throw new NotRetainedException(Instant.ofEpochMilli(retainedSince + LEAD_MILLIS));
        }
        HeapRecords start = PastState.before(limit, first.offset, log, listener);
        return WhatIf.of(limit, start, new LoggedCommands(limit, log, first, listener), span, mostCommands);
    }

    /** The same records, with the offset of the first. */
    private static final class FirstOffset implements Iterator<ConsumerRecord<byte[], byte[]>> {
        private final Iterator<ConsumerRecord<byte[], byte[]>> records;
        private final long offset;
        private @Nullable ConsumerRecord<byte[], byte[]> first;

        FirstOffset(Iterator<ConsumerRecord<byte[], byte[]>> records) {
            this.records = records;
            this.first = records.hasNext() ? records.next() : null;
            this.offset = first == null ? Long.MAX_VALUE : first.offset();
        }

        @Override
        public boolean hasNext() {
            return first != null || records.hasNext();
        }

        @Override
        public ConsumerRecord<byte[], byte[]> next() {
            ConsumerRecord<byte[], byte[]> record = first == null ? records.next() : first;
            first = null;
            return record;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public LogEntry next() {
        LogEntry entry = next;
        if (entry == null) {
            throw new NoSuchElementException("there are no more commands");
        }
        next = read();
        return entry;
    }

    private @Nullable LogEntry read() {
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            count++;
            if (count % COMMANDS_BETWEEN_LOOKS == 0) {
                listener.read(count, 0);
            }
            // Without a key it is about a lease id, or about all limits.
            LogEntry entry = record.key() == null || Arrays.equals(record.key(), key) ? entry(record) : null;
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable LogEntry entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            CommandRecord read = reader.read(record);
            return new LogEntry(read.command(), record.timestamp(), record.offset(), read.asker(), read.by());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }
}
