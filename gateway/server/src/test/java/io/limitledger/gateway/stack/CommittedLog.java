package io.limitledger.gateway.stack;

import static org.awaitility.Awaitility.await;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.PublishedKeys;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the log holds once everything is decided: all commands, and the committed events, each partition for itself.
 * Decides the commands again with the pure core, so that the events, the replies and the state can be held against what
 * they must be.
 */
public final class CommittedLog {
    private static final byte[] HEARTBEAT = CommandJson.write(new Heartbeat());

    private final Map<Integer, Partition> partitions = new TreeMap<>();

    /** One partition: the events that are there, and the decisions that must have made them, by offset. */
    private static final class Partition {
        private final List<LimitEvent> events = new ArrayList<>();
        private final List<LimitEvent> expectedEvents = new ArrayList<>();
        private final Map<Long, Decision> decisions = new TreeMap<>();
        private final HeapRecords expectedState = new HeapRecords();
        private final Ledger ledger = new Ledger(new IndexedLedgerState(expectedState));
        private final HeapRecords changelog = new HeapRecords();
    }

    private final LedgerKeys keys;

    private CommittedLog(LedgerKeys keys) {
        this.keys = keys;
    }

    /** Waits until every command is decided and committed, heartbeats aside, and reads it all up to there. */
    public static CommittedLog readWhenQuiet(EmbeddedStack stack) {
        try (Admin admin = Admin.create(stack.clientProperties());
                TopicReader committed = new TopicReader(stack.clientProperties());
                PublishedKeys keys = new PublishedKeys(stack.clientProperties())) {
            return await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                Cut cut = Cut.now(admin, committed);
                                return cut == null
                                        ? Optional.<CommittedLog>empty()
                                        : readUpTo(
                                                cut,
                                                committed,
                                                keys,
                                                stack.partitions().commands());
                            },
                            Optional::isPresent)
                    .orElseThrow();
        }
    }

    /**
     * How far all topics belong together: what is decided, and where that ends in the topics written. Heartbeats go on for as
     * long as anything is held, and leases may run out by them; so without it the topics would be read at different times.
     */
    private record Cut(
            Map<TopicPartition, OffsetAndMetadata> decided,
            Map<TopicPartition, Long> events,
            Map<TopicPartition, Long> changelog) {

        /**
         * Null if something was being committed just now. A transaction that is merely open does no harm, and with heartbeats one
         * is open nearly always: what it has written is not read, and what it has decided is not counted.
         */
        static @Nullable Cut now(Admin admin, TopicReader committed) throws ExecutionException, InterruptedException {
            Map<TopicPartition, OffsetAndMetadata> decided = decided(admin);
            boolean isEnding = isEnding(admin);
            Cut cut = new Cut(decided, committed.ends(LedgerTopics.EVENTS), committed.ends(LedgerTopics.CHANGELOG));
            return isEnding || !decided.equals(decided(admin)) ? null : cut;
        }

        /** Whether the end of a transaction is still being written to the topics. */
        private static boolean isEnding(Admin admin) throws ExecutionException, InterruptedException {
            ListTransactionsOptions ending = new ListTransactionsOptions()
                    .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
            return !admin.listTransactions(ending).all().get().isEmpty();
        }

        /** Waits while an offset is being committed, when events may be visible already. */
        private static Map<TopicPartition, OffsetAndMetadata> decided(Admin admin)
                throws ExecutionException, InterruptedException {
            return admin.listConsumerGroupOffsets(
                            LedgerTopics.GROUP, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get();
        }

        boolean isDecided(ConsumerRecord<byte[], byte[]> command) {
            OffsetAndMetadata next = decided.get(new TopicPartition(command.topic(), command.partition()));
            return next != null && command.offset() < next.offset();
        }
    }

    /** Empty if there is more to decide than heartbeats. */
    private static Optional<CommittedLog> readUpTo(
            Cut cut, TopicReader committed, LedgerKeys keys, int commandPartitions) throws UnreadableRecordException {
        CommittedLog log = new CommittedLog(keys);
        for (ConsumerRecord<byte[], byte[]> command : committed.read(LedgerTopics.COMMANDS)) {
            if (cut.isDecided(command)) {
                log.decideAgain(command, commandPartitions);
            } else if (!Arrays.equals(command.value(), HEARTBEAT)) {
                return Optional.empty();
            }
        }
        for (ConsumerRecord<byte[], byte[]> event : committed.readUpTo(cut.events)) {
            log.partition(event.partition()).events.add(EventJson.read(event.value()));
        }
        for (ConsumerRecord<byte[], byte[]> record : committed.readUpTo(cut.changelog)) {
            log.restore(record);
        }
        return Optional.of(log);
    }

    private void decideAgain(ConsumerRecord<byte[], byte[]> record, int commandPartitions) {
        Partition partition = partition(record.partition());
        try {
            CommandRecord.Reader reader = new CommandRecord.Reader(
                    commandPartitions, RuleBook.OURS.newest().version(), keys);
            CommandRecord asked = reader.read(record);
            Decision decision = partition.ledger.decide(
                    new LogEntry(asked.command(), record.timestamp(), record.offset(), asked.asker(), asked.by()));
            partition.decisions.put(record.offset(), decision);
            partition.expectedEvents.addAll(decision.events());
        } catch (UnreadableRecordException e) {
            // Passed over by the ledger too; the topic of rejected records has them.
        }
    }

    private void restore(ConsumerRecord<byte[], byte[]> record) {
        HeapRecords records = partition(record.partition()).changelog;
        StateKey key = StateKey.parse(new String(record.key(), StandardCharsets.UTF_8));
        byte[] value = record.value();
        if (value == null) {
            remove(key, records);
            return;
        }
        switch (key.kind()) {
            case LIMIT -> records.put(StateRecord.limit(key, value).limit());
            case LEASE -> records.put(StateRecord.lease(key, value));
            case KEY -> records.put(StateRecord.keyUse(key, value));
            case LEASE_CLOCK -> records.put(StateJson.read(value, LeaseClock.class));
            case REMOVALS, MARK -> {}
        }
    }

    private static void remove(StateKey key, HeapRecords records) {
        switch (key.kind()) {
            case LIMIT -> {
                Limit limit = records.limit(key.limit());
                if (limit != null) {
                    records.removeLimit(limit, 0);
                }
            }
            case LEASE -> records.removeLease(key.limit(), key.leaseId());
            case KEY -> records.removeKey(key.limit(), key.key());
            case REMOVALS, LEASE_CLOCK, MARK -> {}
        }
    }

    private Partition partition(int number) {
        return partitions.computeIfAbsent(number, any -> new Partition());
    }

    /** All that is not as it must be, one line for each partition and kind; empty if the ledger is right. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        partitions.forEach((number, partition) -> {
            int same = same(partition.expectedEvents, partition.events);
            if (same < Math.max(partition.expectedEvents.size(), partition.events.size())) {
                differences.add("partition " + number + ", event " + same + ": expected "
                        + at(partition.expectedEvents, same) + ", but got " + at(partition.events, same));
            }
            differencesOfState(partition)
                    .forEach(difference -> differences.add("partition " + number + ", " + difference));
            gaps(partition.events).forEach(gap -> differences.add("partition " + number + ", " + gap));
        });
        return differences;
    }

    private static List<String> differencesOfState(Partition partition) {
        Map<String, Object> expected = byKey(partition.expectedState);
        Map<String, Object> found = byKey(partition.changelog);
        return Stream.concat(expected.keySet().stream(), found.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .map(key -> key + ": expected " + expected.get(key) + ", but got " + found.get(key))
                .toList();
    }

    private static Map<String, Object> byKey(HeapRecords records) {
        Map<String, Object> byKey = new TreeMap<>();
        records.forEach(
                // Hashes are made where events are written, and checked by the audit.
                limit -> byKey.put(StateKey.ofLimit(limit.name()).text(), limit),
                lease -> byKey.put(
                        StateKey.ofLease(lease.limit(), lease.leaseId()).text(), lease),
                use -> byKey.put(StateKey.ofKey(use.limit(), use.key()).text(), use));
        return byKey;
    }

    private static int same(List<LimitEvent> expected, List<LimitEvent> found) {
        int same = 0;
        while (same < expected.size()
                && same < found.size()
                && expected.get(same).equals(found.get(same))) {
            same++;
        }
        return same;
    }

    private static String at(List<LimitEvent> events, int index) {
        return index < events.size() ? events.get(index).toString() : "none";
    }

    private static List<String> gaps(List<LimitEvent> events) {
        List<String> gaps = new ArrayList<>();
        Map<String, Long> numbers = new TreeMap<>();
        for (LimitEvent event : events) {
            long expected = event.number() == 1 ? 1 : numbers.getOrDefault(event.limit(), 0L) + 1;
            if (event.number() != expected) {
                gaps.add("limit '" + event.limit() + "': expected event " + expected + ", but got " + event.number());
            }
            numbers.put(event.limit(), event.number());
        }
        return gaps;
    }

    /** The committed events of a limit, in order. */
    public List<LimitEvent> events(String limit) {
        return partitions.values().stream()
                .flatMap(partition -> partition.events.stream())
                .filter(event -> event.limit().equals(limit))
                .toList();
    }

    /** The committed facts of a kind about a limit, in order. */
    public <T extends Fact> List<T> facts(String limit, Class<T> kind) {
        return events(limit).stream()
                .map(LimitEvent::fact)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** How many leases there were on a limit when there were most. */
    public int mostHeldAtOnce(String limit) {
        int held = 0;
        int most = 0;
        for (LimitEvent event : events(limit)) {
            held += event.fact() instanceof LeaseGranted ? 1 : 0;
            held -= event.fact() instanceof LeaseReleased || event.fact() instanceof LeaseExpired ? 1 : 0;
            most = Math.max(most, held);
        }
        return most;
    }

    /** The replies that may follow from a command: its own reply, and those to waiters whom it served. */
    List<Reply> repliesOf(int partition, long offset) {
        Decision decision = partition(partition).decisions.get(offset);
        List<Reply> replies = new ArrayList<>();
        if (decision != null) {
            replies.add(decision.reply());
            decision.answers().forEach(answer -> replies.add(answer.reply()));
        }
        return replies;
    }
}
