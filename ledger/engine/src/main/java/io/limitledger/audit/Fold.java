package io.limitledger.audit;

import io.limitledger.core.Ledger;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventChain;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.PartitionNote;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The state that a partition's events make, one after the other, each checked before it is applied. */
final class Fold {
    private final int partition;
    private final Findings findings;
    private final HeapRecords records;
    private final IndexedLedgerState state;
    private final Ledger ledger;
    private final Map<String, Line> lines = new TreeMap<>();
    private final List<Head> ended = new ArrayList<>();

    /** How far the ledger of one limit has come. */
    private static final class Line {
        private long number;
        private @Nullable String hash;
        private long since;
        private long offset;
        /** Something is missing or wrong: from here on only the chain can be checked. */
        private boolean isBroken;

        private boolean isOver;
        private @Nullable LastChange change;
    }

    Fold(int partition, Findings findings) {
        this(new Checkpoint.Part(partition, 0, 0, new HeapRecords(), List.of()), findings);
    }

    /** Goes on where a checkpoint ends. */
    Fold(Checkpoint.Part part, Findings findings) {
        this.partition = part.partition();
        this.findings = findings;
        this.records = part.records();
        this.state = new IndexedLedgerState(records);
        this.ledger = new Ledger(state);
        for (ChainEnd chain : part.chains()) {
            Line line = new Line();
            line.number = chain.head().number();
            line.hash = chain.head().hash();
            line.offset = chain.head().offset();
            line.isOver = chain.isOver();
            line.change = chain.change();
            lines.put(chain.head().limit(), line);
        }
    }

    /**
     * How far it has come.
     *
     * @param next offset before which all events were applied
     * @param latest time of the latest of them by the broker's clock, epoch milliseconds
     */
    Checkpoint.Part part(long next, long latest) {
        List<ChainEnd> chains = new ArrayList<>();
        lines.forEach((limit, line) ->
                chains.add(new ChainEnd(Objects.requireNonNull(head(limit)), line.isOver, line.change)));
        return new Checkpoint.Part(partition, next, latest, records, chains);
    }

    HeapRecords records() {
        return records;
    }

    IndexedLedgerState state() {
        return state;
    }

    /** The event that a record holds; null for a note, and null and a finding for anything else. */
    @Nullable
    EventRecord read(ConsumerRecord<byte[], byte[]> record) {
        if (PartitionNote.is(record.key(), record.headers())) {
            return null;
        }
        try {
            return EventRecord.read(record);
        } catch (UnreadableRecordException | StackOverflowError e) {
            String why = e instanceof UnreadableRecordException unreadable ? unreadable.reason() : e.toString();
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            findings.add(
                    new Finding(Finding.Kind.UNREADABLE, LedgerTopics.EVENTS, partition, record.offset(), key, why));
            return null;
        }
    }

    void apply(EventRecord read, ConsumerRecord<byte[], byte[]> record) {
        LimitEvent event = read.event();
        if (!Arrays.equals(record.key(), read.key())) {
            find(Finding.Kind.UNREADABLE, record, event, "Expected the limit's name as key, but got another");
        }
        Line line = lines.computeIfAbsent(event.limit(), name -> new Line());
        if (isInLine(event, record, line)) {
            checkHash(read, record, line);
            line.number = event.number();
            line.offset = record.offset();
            line.change = LastChange.after(event, line.change);
            evolve(event, record, line);
            if (event.fact() instanceof LimitDeleted || event.fact() instanceof LimitLeft) {
                ended.add(Objects.requireNonNull(head(event.limit())));
                line.isOver = true;
            }
        }
    }

    private boolean isInLine(LimitEvent event, ConsumerRecord<byte[], byte[]> record, Line line) {
        boolean isNew = event.number() == 1 && (line.number == 0 || line.isOver);
        if (isNew) {
            line.hash = null;
            line.since = record.offset();
            line.isOver = false;
            line.isBroken = false;
            return true;
        }
        long expected = line.isOver ? 1 : line.number + 1;
        if (event.number() < expected || (line.isOver && event.number() <= line.number)) {
            String what = "Expected event " + expected + ", but got " + event.number() + " again or too late";
            find(Finding.Kind.OUT_OF_ORDER, record, event, what);
            return false;
        }
        if (event.number() > expected) {
            String what = "Expected event " + expected + ", but got " + event.number();
            find(Finding.Kind.MISSING, record, event, what);
            line.isBroken = true;
            line.isOver = false;
        }
        return true;
    }

    private void checkHash(EventRecord read, ConsumerRecord<byte[], byte[]> record, Line line) {
        LimitEvent event = read.event();
        String stated = read.hash();
        boolean isAfterGap = line.number + 1 != event.number() && event.number() != 1;
        String hash = EventChain.hash(line.hash, read.value());
        if (!isAfterGap && !hash.equals(stated)) {
            find(Finding.Kind.ALTERED, record, event, "Expected hash " + hash + ", but it says " + stated);
        }
        line.hash = stated == null ? hash : stated;
    }

    private void evolve(LimitEvent event, ConsumerRecord<byte[], byte[]> record, Line line) {
        if (line.isBroken) {
            return;
        }
        try {
            EventCheck.check(event, state, (kind, what) -> find(kind, record, event, what));
            ledger.apply(event);
        } catch (RuntimeException e) {
            find(Finding.Kind.IMPOSSIBLE, record, event, String.valueOf(e.getMessage()));
            line.isBroken = true;
        }
    }

    private void find(Finding.Kind kind, ConsumerRecord<byte[], byte[]> record, LimitEvent event, String what) {
        findings.add(new Finding(kind, LedgerTopics.EVENTS, partition, record.offset(), event.limit(), what));
    }

    /** Number of the limit's last event; 0 if it has none. */
    long number(String limit) {
        Line line = lines.get(limit);
        return line == null || line.isOver ? 0 : line.number;
    }

    /** The last change of a limit; null if it is not known. */
    @Nullable
    LastChange change(String limit) {
        Line line = lines.get(limit);
        return line == null ? null : line.change;
    }

    /** Offset of the limit's first event since it was made. */
    long since(String limit) {
        Line line = lines.get(limit);
        return line == null ? 0 : line.since;
    }

    boolean isBroken(String limit) {
        Line line = lines.get(limit);
        return line != null && line.isBroken;
    }

    /** The last event of each limit that there ever was: a limit that is made again begins a chain of its own. */
    List<Head> heads() {
        List<Head> heads = new ArrayList<>(ended);
        lines.forEach((limit, line) -> {
            Head head = line.isOver ? null : head(limit);
            if (head != null) {
                heads.add(head);
            }
        });
        return heads;
    }

    /** The last event of a limit, also of one that is no more; null if there never was one. */
    @Nullable
    Head head(String limit) {
        Line line = lines.get(limit);
        return line == null || line.hash == null
                ? null
                : new Head(limit, partition, line.offset, line.number, line.hash);
    }
}
