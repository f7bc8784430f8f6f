package io.limitledger.gateway.http;

import io.limitledger.audit.AuditedLog;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.LedgerKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** The topics of commands and events in lists. */
public final class InMemoryEvents implements AuditedLog {
    private final List<List<ConsumerRecord<byte[], byte[]>>> commands;
    private final List<List<ConsumerRecord<byte[], byte[]>>> partitions;
    private final Map<String, String> heads = new HashMap<>();
    private Consumer<KeptEvent> onAdd = event -> {};

    public InMemoryEvents(int partitions) {
        this.commands = lists(partitions);
        this.partitions = lists(partitions);
    }

    private static List<List<ConsumerRecord<byte[], byte[]>>> lists(int partitions) {
        return Stream.generate(
                        () -> (List<ConsumerRecord<byte[], byte[]>>) new ArrayList<ConsumerRecord<byte[], byte[]>>())
                .limit(partitions)
                .toList();
    }

    /** From now on this is called with each event, while the ledger is locked. */
    synchronized void onAdd(Consumer<KeptEvent> listener) {
        onAdd = listener;
    }

    public synchronized void add(int partition, LimitEvent event) {
        List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
        EventRecord record = EventRecord.after(event.number() == 1 ? null : heads.get(event.limit()), event);
        heads.put(event.limit(), record.hash());
        records.add(new ConsumerRecord<>(
                LedgerTopics.EVENTS,
                partition,
                records.size(),
                event.at(),
                TimestampType.CREATE_TIME,
                record.key().length,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(partition, 0),
                Optional.empty()));
        onAdd.accept(new KeptEvent(partition, records.size() - 1L, event.limit(), record.value()));
    }

    public synchronized void add(int partition, LogEntry entry) {
        ProducerRecord<byte[], byte[]> record =
                new CommandRecord(entry.command(), entry.asker(), entry.by()).to(partition);
        byte[] key = record.key();
        commands.get(partition)
                .add(new ConsumerRecord<>(
                        LedgerTopics.COMMANDS,
                        partition,
                        entry.offset(),
                        entry.timestamp(),
                        TimestampType.LOG_APPEND_TIME,
                        key == null ? 0 : key.length,
                        record.value().length,
                        key,
                        record.value(),
                        record.headers(),
                        Optional.empty()));
    }

    @Override
    public synchronized Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition) {
        return List.copyOf(commands.get(partition)).iterator();
    }

    @Override
    public synchronized Iterator<ConsumerRecord<byte[], byte[]>> commandsSince(int partition, long at) {
        return commands.get(partition).stream()
                .dropWhile(record -> record.timestamp() < at)
                .toList()
                .iterator();
    }

    @Override
    public LedgerKeys ledgerKeys() {
        return LedgerKeys.UNCHECKED;
    }

    @Override
    public long eventsBeforeState(int partition) {
        return eventsEnd(partition);
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> state(int partition) {
        throw new UnsupportedOperationException("the state is not in memory");
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public String id() {
        return "in memory";
    }

    @Override
    public synchronized Iterator<ConsumerRecord<byte[], byte[]>> events(int partition, long from) {
        return List.copyOf(partitions.get(partition)).listIterator(Math.toIntExact(from));
    }

    @Override
    public synchronized long eventsEnd(int partition) {
        return partitions.get(partition).size();
    }

    @Override
    public void close() {}
}
