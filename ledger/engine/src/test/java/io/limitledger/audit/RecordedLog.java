package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventChain;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** One partition of a ledger in lists, which a test may tamper with. Offsets are the places in the lists. */
final class RecordedLog implements AuditedLog {
    LedgerKeys keys = LedgerKeys.UNCHECKED;
    final List<Entry> commands = new ArrayList<>();
    final List<Entry> events = new ArrayList<>();
    final List<Entry> state = new ArrayList<>();

    /** The state as it stood at instants that were chosen before, by instant. */
    final NavigableMap<Long, Live> snapshots = new TreeMap<>();

    /**
     * The contents of the store, while the ledger ran.
     *
     * @param events how many there were by then
     */
    record Live(int events, Map<String, byte[]> contents) {
        /** As a replay tells it. */
        List<Replay.LimitThen> limits() {
            HeapRecords records = new HeapRecords();
            List<SealedLimit> limits = new ArrayList<>();
            contents.forEach((key, value) -> StateRecords.put(records, StateKey.parse(key), value, limits::add));
            IndexedLedgerState state = new IndexedLedgerState(records);
            long aheadMillis = records.leaseClock().aheadMillis();
            return limits.stream()
                    .sorted(Comparator.comparing(one -> one.limit().name()))
                    .map(one -> new Replay.LimitThen(
                            one.with(one.limit().laterBy(-aheadMillis)),
                            list(state.leases(one.limit().name())).stream()
                                    .map(lease -> lease.laterBy(-aheadMillis))
                                    .toList(),
                            list(state.waiters(one.limit().name())).stream()
                                    .map(waiter -> waiter.laterBy(-aheadMillis))
                                    .toList(),
                            list(state.keyUses(one.limit().name())).stream()
                                    .map(use -> use.laterBy(
                                            -aheadMillis,
                                            one.limit().definition().boundsOf(use.override())))
                                    .toList()))
                    .toList();
        }

        private static <T> List<T> list(Iterable<T> all) {
            List<T> list = new ArrayList<>();
            all.forEach(list::add);
            return list;
        }
    }

    /** A record whose offset follows from its place; that of a command is its own, as some may be gone. */
    // Bytes as they stand in the record; nobody compares entries.
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(long offset, long timestamp, byte[] key, byte[] value, Headers headers) {
        Entry with(byte[] value) {
            return new Entry(offset, timestamp, key, value, headers);
        }

        Entry withHeader(String name, String value) {
            Headers changed = new RecordHeaders(headers);
            changed.remove(name);
            HeaderText.put(changed, name, value);
            return new Entry(offset, timestamp, key, this.value, changed);
        }
    }

    RecordedLog copy() {
        RecordedLog copy = new RecordedLog();
        copy.keys = keys;
        copy.commands.addAll(commands);
        copy.events.addAll(events);
        copy.state.addAll(state);
        copy.snapshots.putAll(snapshots);
        return copy;
    }

    @Override
    public LedgerKeys ledgerKeys() {
        return keys;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public String id() {
        return "recorded";
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition) {
        return commands.stream()
                .map(entry -> record(LedgerTopics.COMMANDS, entry.offset(), entry))
                .iterator();
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> commandsSince(int partition, long at) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        commands(partition).forEachRemaining(all::add);
        return all.stream().dropWhile(record -> record.timestamp() < at).iterator();
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> events(int partition, long from) {
        return inPlace(LedgerTopics.EVENTS, events, Math.toIntExact(from));
    }

    @Override
    public long eventsEnd(int partition) {
        return events.size();
    }

    @Override
    public Iterator<ConsumerRecord<byte[], byte[]>> state(int partition) {
        return inPlace(LedgerTopics.CHANGELOG, state, 0);
    }

    @Override
    public void close() {}

    @Override
    public long eventsBeforeState(int partition) {
        return events.size();
    }

    private static Iterator<ConsumerRecord<byte[], byte[]>> inPlace(String topic, List<Entry> entries, int from) {
        return new Iterator<>() {
            private int next = from;

            @Override
            public boolean hasNext() {
                return next < entries.size();
            }

            @Override
            public ConsumerRecord<byte[], byte[]> next() {
                return record(topic, next, entries.get(next++));
            }
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, Entry entry) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                entry.timestamp(),
                TimestampType.LOG_APPEND_TIME,
                entry.key() == null ? -1 : entry.key().length,
                entry.value() == null ? -1 : entry.value().length,
                entry.key(),
                entry.value(),
                entry.headers(),
                java.util.Optional.empty());
    }

    LimitEvent event(int place) {
        try {
            return EventJson.read(events.get(place).value());
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes the hashes fit, as someone would who knows how the chain is made. */
    void rehash() {
        Map<String, String> heads = new HashMap<>();
        for (int place = 0; place < events.size(); place++) {
            LimitEvent event = event(place);
            String previous = event.number() == 1 ? null : heads.get(event.limit());
            String hash = EventChain.hash(previous, events.get(place).value());
            heads.put(event.limit(), hash);
            events.set(place, events.get(place).withHeader(EventRecord.HASH, hash));
        }
    }
}
