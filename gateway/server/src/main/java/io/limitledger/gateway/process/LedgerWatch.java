package io.limitledger.gateway.process;

import io.limitledger.gateway.metrics.LedgerMeters;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Looks every second how far the ledger of this process has come, and leaves it to a {@link Watchdog} what to do if it is
 * stuck. It reads only: where its partitions of commands end, how far the ledger has got, and that its topics still exist.
 */
final class LedgerWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long ANSWER_MILLIS = 3_000;

    /** In looks. A topic that is gone stays gone. */
    private static final int TOPICS_INTERVAL = 5;

    /** Without one of these nothing can be decided. */
    private static final List<String> TOPICS =
            List.of(LedgerTopics.COMMANDS, LedgerTopics.EVENTS, LedgerTopics.CHANGELOG);

    private final Supplier<LedgerEngine> engine;
    private final LedgerMeters meters;
    private final Admin admin;
    private final Watchdog watchdog;
    private final boolean isBrokerOurs;
    private final Consumer<String> end;
    private final Map<String, Uuid> topics = new HashMap<>();
    private final Thread thread = new Thread(this::run, "ledger-watch");
    private Set<Integer> partitions = Set.of();
    private long lookedNanos = System.nanoTime();
    private long stillSinceNanos = lookedNanos;
    private int looks;
    private volatile LedgerProgress progress = LedgerProgress.NONE;
    private volatile boolean hasSeenTopics;
    private volatile boolean isClosed;

    /**
     * @param isBrokerOurs whether a broker that does not answer can be started again from here
     * @param end ends the process, with a sentence that says why
     */
    LedgerWatch(
            Supplier<LedgerEngine> engine,
            Map<String, Object> clientProperties,
            LedgerMeters meters,
            Watchdog watchdog,
            boolean isBrokerOurs,
            Consumer<String> end) {
        this.engine = engine;
        this.meters = meters;
        this.admin = Admin.create(ClientDefaults.with(clientProperties));
        this.watchdog = watchdog;
        this.isBrokerOurs = isBrokerOurs;
        this.end = end;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** As it was at the last look. */
    LedgerProgress progress() {
        return progress;
    }

    boolean hasSeenItsTopics() {
        return hasSeenTopics;
    }

    private void run() {
        try {
            while (!isClosed) {
                look();
                TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void look() throws InterruptedException {
        LedgerProgress before = progress;
        LedgerProgress now = seen(before);
        long nanos = System.nanoTime();
        if (now.isIdle() || now.hasMovedSince(before)) {
            stillSinceNanos = nanos;
        }
        lookedNanos = nanos;
        progress = now.still(Duration.ofNanos(nanos - stillSinceNanos));
        meters.isReady(progress.isReady());
        if (++looks % TOPICS_INTERVAL == 0) {
            checkTopics();
        }
        judge(now, before);
    }

    private void judge(LedgerProgress now, LedgerProgress before) {
        if (now.isIdle() || now.hasDecidedSince(before)) {
            watchdog.works();
        } else if (now.hasMovedSince(before) || waitsForOthers(now)) {
            watchdog.moves();
        } else {
            watchdog.standsStill(now.words());
        }
    }

    /** What no start from here would change. */
    private boolean waitsForOthers(LedgerProgress now) {
        return (!now.kafkaAnswers() && !isBrokerOurs)
                || engine.get().denied() != null
                || !engine.get().differences().isEmpty();
    }

    private LedgerProgress seen(LedgerProgress before) throws InterruptedException {
        LedgerEngine ledger = engine.get();
        State state = ledger.state();
        Set<Integer> owned = owned(ledger);
        partitions.stream().filter(partition -> !owned.contains(partition)).forEach(meters::forget);
        partitions = owned;
        try {
            return seen(ledger, state, behind(owned), before);
        } catch (ExecutionException | TimeoutException e) {
            return new LedgerProgress(state, false, before.reached(), before.behind(), 0, 0, 0, Duration.ZERO);
        }
    }

    private LedgerProgress seen(LedgerEngine ledger, State state, Map<Integer, Long> behind, LedgerProgress before) {
        behind.forEach(meters::behind);
        long reached = behind.keySet().stream()
                .mapToLong(partition -> meters.reached(partition).orElse(0))
                .sum();
        double seconds = Math.max(0.001, (System.nanoTime() - lookedNanos) / 1e9);
        return new LedgerProgress(
                state,
                true,
                reached,
                behind.values().stream().mapToLong(Long::longValue).sum(),
                Math.max(0, Math.round((reached - before.reached()) / seconds)),
                ledger.restoration().records(),
                ledger.restoration().read(),
                Duration.ZERO);
    }

    private static Set<Integer> owned(LedgerEngine ledger) {
        return ledger.streams().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /** How many commands of each partition are not decided yet. */
    private Map<Integer, Long> behind(Set<Integer> owned)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = owned.stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(LedgerTopics.COMMANDS, partition),
                        partition -> OffsetSpec.latest()));
        if (ends.isEmpty()) {
            // Only whether it answers.
            admin.describeCluster().clusterId().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
            return Map.of();
        }
        var found = admin.listOffsets(ends).all().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        startWithCommitted(owned);
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> Math.max(
                                0,
                                entry.getValue().offset()
                                        - meters.reached(entry.getKey().partition())
                                                .orElse(0))));
    }

    /** A partition of which nothing has been decided since it was taken over begins where it was committed. */
    private void startWithCommitted(Set<Integer> owned)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (owned.stream().allMatch(partition -> meters.reached(partition).isPresent())) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(LedgerTopics.GROUP)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        committed.forEach((partition, position) -> {
            if (partition.topic().equals(LedgerTopics.COMMANDS) && owned.contains(partition.partition())) {
                meters.startedAt(partition.partition(), position.offset());
            }
        });
    }

    private void checkTopics() throws InterruptedException {
        Map<String, Uuid> found = new HashMap<>();
        Set<String> missing = new HashSet<>();
        for (var asked : admin.describeTopics(TOPICS).topicNameValues().entrySet()) {
            try {
                TopicDescription topic = asked.getValue().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
                found.put(topic.name(), topic.topicId());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.add(asked.getKey());
                }
            } catch (TimeoutException e) {
                return;
            }
        }
        topics.forEach((topic, id) -> {
            if (!isClosed
                    && (missing.contains(topic)
                            || !found.getOrDefault(topic, id).equals(id))) {
                isClosed = true;
                end.accept("Topic " + topic
                        + " was deleted while the ledger ran. Nothing can be decided without it, so this"
                        + " process ends. The next start says what is missing, and what can be done about it.");
            }
        });
        found.forEach(topics::putIfAbsent);
        hasSeenTopics = topics.size() == TOPICS.size();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        admin.close(Duration.ZERO);
    }
}
