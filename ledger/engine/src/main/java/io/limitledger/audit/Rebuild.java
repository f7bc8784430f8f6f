package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The state of a partition, built anew from its events alone. Of the commands only the time at which leases ran out is
 * taken, and what the last decision still owes: where the events were cut in the middle of it, its command leads to the
 * rest once more, the same as before.
 */
public final class Rebuild {
    private final int partition;
    private final AuditedLog log;
    private final Findings findings = new Findings();

    /**
     * What came of it.
     *
     * @param records of the state
     * @param heads hash of the last event of each limit, by name
     * @param last event that was found; null if there are no events
     * @param lastCommand offset of the command that led to it; -1 without such an event
     * @param owed events of that command that are missing, in their order
     * @param events how many were read
     */
    public record Rebuilt(
            HeapRecords records,
            Map<String, String> heads,
            @Nullable Head last,
            long lastCommand,
            List<Owed> owed,
            long events) {}

    /**
     * An event to be written.
     *
     * @param index among the events of its command
     */
    public record Owed(EventRecord record, int index) {}

    public Rebuild(int partition, AuditedLog log) {
        this.partition = partition;
        this.log = log;
    }

    public Rebuilt run() {
        Findings unasked = new Findings();
        Fold fold = new Fold(partition, findings);
        Redecision again = new Redecision(partition, log, RuleBook.OURS, unasked);
        Head last = null;
        long lastCommand = -1;
        int ofLastCommand = 0;
        long events = 0;
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.events(partition, 0);
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            EventRecord read = fold.read(record);
            if (read != null) {
                LimitEvent event = read.event();
                again.compare(event, record, fold.records());
                fold.apply(read, record);
                last = fold.head(event.limit());
                ofLastCommand = event.offset() == lastCommand ? ofLastCommand + 1 : 1;
                lastCommand = event.offset();
                events++;
            }
        }
        List<Owed> owed = owed(again.owed(), ofLastCommand, fold);
        LeaseClock clock = again.leaseClock();
        if (clock != null) {
            StateRecords.put(fold.records(), clock);
        }
        return new Rebuilt(fold.records(), heads(fold), last, lastCommand, owed, events);
    }

    private List<Owed> owed(List<LimitEvent> events, int first, Fold fold) {
        List<Owed> owed = new ArrayList<>();
        for (LimitEvent event : events) {
            Head before = event.number() == 1 ? null : fold.head(event.limit());
            EventRecord next = EventRecord.after(before == null ? null : before.hash(), event);
            fold.apply(
                    next,
                    new ConsumerRecord<>(LedgerTopics.EVENTS, partition, Long.MAX_VALUE, next.key(), next.value()));
            owed.add(new Owed(next, first + owed.size()));
        }
        return owed;
    }

    private static Map<String, String> heads(Fold fold) {
        Map<String, String> heads = new HashMap<>();
        for (String limit : fold.records().limits().keySet()) {
            heads.put(limit, Objects.requireNonNull(fold.head(limit)).hash());
        }
        return heads;
    }

    /** What is wrong with the events; where there is anything, the state of the limits that it names is not whole. */
    public Findings findings() {
        return findings;
    }
}
