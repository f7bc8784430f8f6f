package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole ledger, partition by partition, in one pass over its events. Memory is bounded by the live state and the
 * number of limits that there ever were, not by the number of events.
 */
public final class Verification {
    private final AuditedLog log;
    private final RuleBook rules;
    private final Findings findings = new Findings();
    private final List<Head> heads = new ArrayList<>();
    private final Map<Anchor, Head> kept = new HashMap<>();
    private final Adoptions adoptions = new Adoptions();
    private final Progress progress;
    private final int keptHeads;
    private long commands;

    /**
     * What to check.
     *
     * @param kept heads that were written down before and must still be there
     */
    public Verification(AuditedLog log, List<Head> kept, ProgressListener listener) {
        this(log, kept, listener, RuleBook.OURS);
    }

    Verification(AuditedLog log, List<Head> kept, ProgressListener listener, RuleBook rules) {
        this.log = log;
        this.rules = rules;
        this.progress = new Progress(listener);
        kept.forEach(head -> this.kept.put(Anchor.of(head), head));
        this.keptHeads = this.kept.size();
    }

    /** What proves an event: a mirror of the ledger has the same under other offsets. */
    private record Anchor(String limit, long number, String hash) {
        static Anchor of(Head head) {
            return new Anchor(head.limit(), head.number(), head.hash());
        }
    }

    /** Reads it all. */
    public Verification run() {
        for (int partition = 0; partition < log.partitions(); partition++) {
            progress.expect(log.eventsEnd(partition));
        }
        for (int partition = 0; partition < log.partitions(); partition++) {
            verify(partition);
        }
        adoptions.end(log, findings);
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
        Redecision again = new Redecision(partition, log, rules, findings);
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.events(partition, 0);
        adoptions.read(partition, 0);
        progress.begin(0);
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            EventRecord event = fold.read(record);
            if (event != null) {
                verify(event, record, fold, again, live);
            }
            progress.pass(record);
            adoptions.read(partition, record.offset() + 1);
        }
        again.end();
        live.end(fold, log.eventsBeforeState(partition));
        commands += again.commands();
        heads.addAll(fold.heads());
    }

    /** Whatever a record holds, the ones behind it are looked at. */
    private void verify(
            EventRecord read, ConsumerRecord<byte[], byte[]> record, Fold fold, Redecision again, LiveState live) {
        LimitEvent event = read.event();
        try {
            again.compare(event, record, fold.records());
            fold.apply(read, record);
            adoptions.see(event, record, fold);
            live.meet(event.limit(), fold);
            check(fold.head(event.limit()));
        } catch (KafkaException e) {
            // Of the log that the commands are read from.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            findings.add(new Finding(
                    Finding.Kind.IMPOSSIBLE,
                    LedgerTopics.EVENTS,
                    record.partition(),
                    record.offset(),
                    event.limit(),
                    "Not an event that a ledger wrote: " + e));
        }
    }

    private void check(@Nullable Head head) {
        if (head != null && !kept.isEmpty()) {
            kept.remove(Anchor.of(head));
        }
    }

    public Findings findings() {
        return findings;
    }

    /** The last event of each limit, also of those that are no more. */
    public List<Head> heads() {
        return List.copyOf(heads);
    }

    /** How many heads that were kept were looked for. */
    public int keptHeads() {
        return keptHeads;
    }

    public long events() {
        return progress.events();
    }

    /** How many commands were decided again: those that are retained. */
    public long commands() {
        return commands;
    }
}
