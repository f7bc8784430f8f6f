package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole ledger, partition by partition, in one pass over its events. Memory is bounded by the live state and the
 * number of limits that there ever were, not by the number of events.
 */
public final class Verification {
    private final AuditedLog log;
    private final Findings findings = new Findings();
    private final List<Head> heads = new ArrayList<>();
    private final Map<String, Head> kept = new HashMap<>();
    private final LongConsumer progress;
    private long events;
    private long commands;

    /**
     * What to check.
     *
     * @param kept heads that were written down before and must still be there
     * @param progress told the number of events now and then
     */
    public Verification(AuditedLog log, List<Head> kept, LongConsumer progress) {
        this.log = log;
        this.progress = progress;
        kept.forEach(head -> this.kept.put(head.partition() + "/" + head.offset(), head));
    }

    /** Reads it all. */
    public Verification run() {
        for (int partition = 0; partition < log.partitions(); partition++) {
            verify(partition);
        }
        kept.values()
                .forEach(head -> findings.add(new Finding(
                        Finding.Kind.REWRITTEN,
                        LedgerTopics.EVENTS,
                        head.partition(),
                        head.offset(),
                        head.limit(),
                        "Expected event " + head.number() + " with hash " + head.hash() + ", but it is not there")));
        return this;
    }

    private void verify(int partition) {
        LiveState live = new LiveState(partition, log.state(partition), findings);
        Fold fold = new Fold(partition, findings);
        Redecision again = new Redecision(partition, log, findings);
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.events(partition);
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            LimitEvent event = read(record);
            if (event != null) {
                again.compare(event, record, fold.records());
                fold.apply(event, record);
                live.meet(event.limit(), fold);
                check(fold.head(event.limit()));
            }
            if (++events % 10_000 == 0) {
                progress.accept(events);
            }
        }
        again.end();
        live.end(fold, log.eventsBeforeState(partition));
        commands += again.commands();
        heads.addAll(fold.heads());
    }

    private @Nullable LimitEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventJson.read(record.value());
        } catch (UnreadableRecordException e) {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            findings.add(new Finding(
                    Finding.Kind.UNREADABLE,
                    LedgerTopics.EVENTS,
                    record.partition(),
                    record.offset(),
                    key,
                    e.reason()));
            return null;
        }
    }

    private void check(@Nullable Head head) {
        if (head != null && !kept.isEmpty()) {
            kept.remove(head.partition() + "/" + head.offset(), head);
        }
    }

    public Findings findings() {
        return findings;
    }

    /** The last event of each limit, also of those that are no more. */
    public List<Head> heads() {
        return List.copyOf(heads);
    }

    public long events() {
        return events;
    }

    /** How many commands were decided again: those that are retained. */
    public long commands() {
        return commands;
    }
}
