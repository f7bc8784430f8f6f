package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerProcessor.Dependencies;
import io.limitledger.truth.Truth;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The processor alone, on a store of the test's own: in any partition, started on whatever state there is, its timer
 * called by hand.
 */
public final class DrivenProcessor {
    static final ReplyTopics REPLY_TOPICS = ReplyTopics.of(List.of("*"));

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final MockProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<String, byte[]> store;
    private final LedgerProcessor processor;
    private final int partition;
    private final Rules rules;
    private final LedgerKeys keys;
    /** Each value is read once: the store keeps the array that it was given. */
    private final IdentityHashMap<byte[], Object> alreadyRead = new IdentityHashMap<>();

    public DrivenProcessor(int partitions, int partition) {
        this(partitions, partition, RuleBook.OURS.newest(), LedgerKeys.UNCHECKED, Map.of());
    }

    public DrivenProcessor(int partitions, int partition, Rules rules) {
        this(partitions, partition, rules, LedgerKeys.UNCHECKED, Map.of());
    }

    private DrivenProcessor(int partitions, int partition, Rules rules, LedgerKeys keys, Map<String, byte[]> state) {
        this(partitions, partition, rules, keys, state, Truth.UNASKED);
    }

    /** On a state that is compared. */
    DrivenProcessor(
            int partitions, int partition, Rules rules, LedgerKeys keys, Map<String, byte[]> state, Truth truth) {
        this.partition = partition;
        this.rules = rules;
        this.keys = keys;
        this.context = new MockProcessorContext<>(new Properties(), new TaskId(0, partition), null);
        this.store = Stores.keyValueStoreBuilder(
                        HeapStore.supplier(LedgerTopics.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        state.forEach(store::put);
        context.setCurrentSystemTimeMs(0);
        this.processor = new LedgerProcessor(
                new Dependencies(partitions, outbox, LedgerMetrics.NONE, rules, REPLY_TOPICS, keys, truth));
        processor.init(context);
    }

    /** Another processor that finds the same state: what a restart, or another instance, begins with. */
    public DrivenProcessor restarted() {
        return restarted(rules);
    }

    /** The same with other rules, after a clean stop. */
    public DrivenProcessor restarted(Rules others) {
        return new DrivenProcessor(1, partition, others, keys, contents());
    }

    /** The same, which takes from ledgers only what only ledgers send. */
    DrivenProcessor restarted(Rules others, LedgerKeys published) {
        return new DrivenProcessor(1, partition, others, published, contents());
    }

    /** The same on this state as versions before wrote it. */
    DrivenProcessor restartedFromJson() {
        Map<String, byte[]> old = contents();
        old.replaceAll((text, value) -> {
            StateKey key = StateKey.parse(text);
            return switch (key.kind()) {
                case LIMIT -> StateJson.write(StateRecord.limit(key, value));
                case LEASE -> StateJson.write(StateRecord.lease(key, value));
                case KEY -> StateJson.write(StateRecord.keyUse(key, value));
                case REMOVALS, LEASE_CLOCK, MARK -> value;
            };
        });
        return new DrivenProcessor(1, partition, rules, keys, old);
    }

    /** Decides an entry and returns the events. */
    List<LimitEvent> decide(LogEntry entry) throws UnreadableRecordException {
        ProducerRecord<byte[], byte[]> asked =
                new CommandRecord(entry.command(), entry.asker(), entry.by()).to(partition);
        List<LimitEvent> events = new ArrayList<>();
        for (var forward :
                process(new Record<>(asked.key(), asked.value(), entry.timestamp(), asked.headers()), entry.offset())) {
            events.add(EventJson.read(forward.record().value()));
        }
        return events;
    }

    /** Processes a record and returns what went on to the sinks. */
    public List<MockProcessorContext.CapturedForward<? extends byte[], ? extends byte[]>> process(
            Record<byte[], byte[]> record, long offset) {
        context.resetForwards();
        context.setCurrentSystemTimeMs(record.timestamp());
        context.setRecordMetadata(LedgerTopics.COMMANDS, partition, offset);
        processor.process(record);
        return List.copyOf(context.forwarded());
    }

    /** Runs the timer, and returns the limits that were sent a tick. */
    List<String> sweep(long now) {
        context.setCurrentSystemTimeMs(now);
        context.scheduledPunctuators().stream()
                .filter(timer -> !timer.cancelled())
                .findFirst()
                .ifPresentOrElse(timer -> timer.getPunctuator().punctuate(now), () -> processor.sweep(now));
        return outbox.takeTicks();
    }

    /** The milliseconds after which the timer is set to run; none while it is not set. */
    List<Long> timers() {
        return context.scheduledPunctuators().stream()
                .filter(timer -> !timer.cancelled())
                .map(timer -> timer.getInterval().toMillis())
                .toList();
    }

    /** Whether a commit was asked for since the last call. */
    boolean takeCommit() {
        boolean committed = context.committed();
        context.resetCommit();
        return committed;
    }

    /** What limits sent to one another since the last call. */
    public List<LimitCommand> takeMessages() {
        return outbox.takeMessages();
    }

    RecordingOutbox outbox() {
        return outbox;
    }

    public Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new TreeMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(record -> contents.put(record.key, record.value));
        }
        return contents;
    }

    /** What the store holds, as the core sees it. */
    HeapRecords records() {
        HeapRecords records = new HeapRecords();
        contents().forEach((key, value) -> {
            StateKey parsed = StateKey.parse(key);
            switch (parsed.kind()) {
                case LIMIT ->
                    records.put(((SealedLimit)
                                    alreadyRead.computeIfAbsent(value, bytes -> StateRecord.limit(parsed, bytes)))
                            .limit());
                case LEASE ->
                    records.put((LeaseRecord)
                            alreadyRead.computeIfAbsent(value, bytes -> StateRecord.lease(parsed, bytes)));
                case KEY -> records.put(StateRecord.keyUse(parsed, value));
                case LEASE_CLOCK -> records.put(StateJson.read(value, LeaseClock.class));
                case REMOVALS, MARK -> {}
            }
        });
        return records;
    }
}
