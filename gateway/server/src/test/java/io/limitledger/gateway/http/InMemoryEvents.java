package io.limitledger.gateway.http;

import io.limitledger.audit.EventLog;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** The events topic in lists. */
public final class InMemoryEvents implements EventLog {
    private final List<List<ConsumerRecord<byte[], byte[]>>> partitions;
    private final Map<String, String> heads = new HashMap<>();

    public InMemoryEvents(int partitions) {
        this.partitions = Stream.generate(
                        () -> (List<ConsumerRecord<byte[], byte[]>>) new ArrayList<ConsumerRecord<byte[], byte[]>>())
                .limit(partitions)
                .toList();
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
