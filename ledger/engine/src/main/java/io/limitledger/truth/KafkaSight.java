package io.limitledger.truth;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.topics.AdminAnswers;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the topics on Kafka. Costs a few requests, however long the topics are. */
public final class KafkaSight implements TopicSight, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSight.class);

    /** For each request; a broker that has just started loads its groups first. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(100);

    /** How far before its end the last event is looked for first: a commit leaves one marker behind its events. */
    private static final long FIRST_WINDOW = 16;

    private final Admin admin;
    private final String group;
    private final Map<String, Object> clientProperties;
    private final LedgerKeys keys;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean hasWarned;

    /**
     * Looks at nothing yet.
     *
     * @param group consumer group that decides the commands
     * @param keys of all ledgers
     */
    public KafkaSight(Admin admin, String group, Map<String, Object> clientProperties, LedgerKeys keys) {
        this.admin = admin;
        this.group = group;
        this.clientProperties = Map.copyOf(clientProperties);
        this.keys = keys;
    }

    @Override
    public synchronized Sight look(int partition, @Nullable String ledger) {
        TopicPartition commands = new TopicPartition(LedgerTopics.COMMANDS, partition);
        TopicPartition events = new TopicPartition(LedgerTopics.EVENTS, partition);
        var described = admin.describeTopics(List.of(LedgerTopics.COMMANDS)).allTopicNames();
        ListOffsetsResult starts =
                admin.listOffsets(Map.of(commands, OffsetSpec.earliest(), events, OffsetSpec.earliest()));
        ListOffsetsResult ends = admin.listOffsets(Map.of(commands, OffsetSpec.latest(), events, OffsetSpec.latest()));
        ListOffsetsResult stable = admin.listOffsets(
                Map.of(events, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        String id = Objects.requireNonNull(get(described).get(LedgerTopics.COMMANDS))
                .topicId()
                .toString();
        long eventsStart = offset(starts, events);
        long committedEnd = offset(stable, events);
        Found found = lastEvent(events, eventsStart, committedEnd);
        return new Sight(
                id,
                offset(starts, commands),
                offset(ends, commands),
                committed(commands),
                eventsStart,
                found.event(),
                found.isReadable(),
                committedEnd == offset(ends, events),
                ledger == null || keys.key(ledger) != null);
    }

    private record Found(Sight.@Nullable Seen event, boolean isReadable) {}

    private Found lastEvent(TopicPartition events, long start, long end) {
        try {
            Sight.Seen found = null;
            long to = end;
            for (long window = FIRST_WINDOW; found == null && to > start; window *= 8) {
                long from = Math.max(start, to - window);
                found = lastEventWithin(events, from, to);
                to = from;
            }
            return new Found(found, true);
        } catch (AuthorizationException e) {
            warn(e);
            return new Found(null, false);
        } catch (TimeoutException e) {
            throw e;
        } catch (KafkaException e) {
            throw new DamagedTopicException(
                    "topic " + events.topic() + ", partition " + events.partition()
                            + ": expected to read the last event, but " + e.getMessage(),
                    e);
        }
    }

    private void warn(AuthorizationException e) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn(
                    "The state is not compared with the events, because this ledger may not read {}: grant READ on it ({})",
                    LedgerTopics.EVENTS,
                    e.getMessage());
        }
    }

    /** A record that is not an event of a ledger is passed over: it says nothing about the state. */
    private Sight.@Nullable Seen lastEventWithin(TopicPartition events, long from, long to) {
        Consumer<byte[], byte[]> reader = consumer();
        reader.assign(List.of(events));
        reader.seek(events, from);
        Sight.Seen last = null;
        long sinceNanos = System.nanoTime();
        while (reader.position(events) < to) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                Sight.Seen seen = record.offset() < to ? read(record) : null;
                last = seen == null ? last : seen;
            }
            if (System.nanoTime() - sinceNanos > PATIENCE.toNanos()) {
                throw new TimeoutException("Expected to read " + events + " from offset " + from + " to " + to
                        + " within " + PATIENCE.toSeconds() + " s, but came to " + reader.position(events));
            }
        }
        return last;
    }

    private static Sight.@Nullable Seen read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return null;
        }
        try {
            EventRecord read = EventRecord.read(record);
            LimitEvent event = read.event();
            String hash = read.hash();
            if (hash == null) {
                return null;
            }
            LastEvent last = new LastEvent(event.limit(), event.number(), hash, record.offset());
            return new Sight.Seen(last, event.offset());
        } catch (UnreadableRecordException e) {
            return null;
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(ClientDefaults.ofReader(clientProperties, IsolationLevel.READ_COMMITTED));
        }
        return consumer;
    }

    private @Nullable Long committed(TopicPartition commands) {
        var options = new ListConsumerGroupOffsetsOptions().requireStable(true);
        try {
            OffsetAndMetadata found = get(admin.listConsumerGroupOffsets(group, options)
                            .partitionsToOffsetAndMetadata())
                    .get(commands);
            return found == null ? null : found.offset();
        } catch (GroupIdNotFoundException e) {
            return null;
        }
    }

    private static long offset(ListOffsetsResult found, TopicPartition partition) {
        return get(found.partitionResult(partition)).offset();
    }

    private static <T> T get(KafkaFuture<T> answer) {
        return AdminAnswers.get(answer, PATIENCE);
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
