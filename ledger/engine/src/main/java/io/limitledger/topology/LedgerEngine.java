package io.limitledger.topology;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.timer.SystemTimer;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import io.limitledger.topology.LedgerProcessor.Dependencies;
import io.limitledger.truth.KafkaSight;
import io.limitledger.truth.KafkaTruth;
import io.limitledger.wire.LedgerSigner;
import io.limitledger.wire.PublishedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the ledger: runs the topology until it is closed. */
public final class LedgerEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerEngine.class);

    /** A clean close commits, so that the next start decides nothing again, and lets others take over at once. */
    private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(10))
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);

    private final KafkaOutbox outbox;
    private final PublishedKeys keys;
    private final KafkaStreams streams;
    private final Admin admin;
    private final Restoration restoration;
    private final ThreadReplacement threads;
    private final KafkaTruth truth;
    private final KafkaSight sight;
    private final SystemTimer timer;

    private LedgerEngine(
            KafkaOutbox outbox,
            PublishedKeys keys,
            KafkaStreams streams,
            Admin admin,
            Restoration restoration,
            ThreadReplacement threads,
            KafkaTruth truth,
            KafkaSight sight,
            SystemTimer timer) {
        this.timer = timer;
        this.threads = threads;
        this.outbox = outbox;
        this.keys = keys;
        this.streams = streams;
        this.admin = admin;
        this.restoration = restoration;
        this.truth = truth;
        this.sight = sight;
    }

    /** What is damaged stays so, however often it is read again. */
    private static StreamsUncaughtExceptionHandler unlessDamaged(
            Restoration restoration, StreamsUncaughtExceptionHandler otherwise) {
        return failure -> {
            String damage = restoration.damageIn(failure);
            if (damage == null) {
                return otherwise.handle(failure);
            }
            LOG.error(damage);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        };
    }

    /**
     * Starts in the background; {@link #isRunning()} tells when it decides.
     *
     * @param local to clients of the same process
     */
    public static LedgerEngine start(
            LedgerSettings settings, PartitionCounts partitions, LocalDelivery local, LedgerMetrics metrics) {
        return start(settings, partitions, local, metrics, RuleBook.OURS.newest());
    }

    /** The same, with other rules than the newest. */
    public static LedgerEngine start(
            LedgerSettings settings,
            PartitionCounts partitions,
            LocalDelivery local,
            LedgerMetrics metrics,
            Rules rules) {
        LedgerSigner signer = LedgerSigner.create();
        PublishedKeys keys = new PublishedKeys(settings.clientProperties());
        KafkaOutbox outbox = new KafkaOutbox(settings.clientProperties(), partitions.replies(), local, metrics, signer);
        AtomicReference<@Nullable KafkaStreams> started = new AtomicReference<>();
        SystemTimer timer = new SystemTimer("limits-clock");
        ClockWatch clock = new ClockWatch(timer, System::currentTimeMillis, () -> wake(started.get(), outbox));
        Admin admin = Admin.create(ClientDefaults.with(settings.clientProperties()));
        KafkaSight sight = new KafkaSight(admin, LedgerTopics.GROUP, settings.clientProperties(), keys);
        KafkaTruth truth = new KafkaTruth(
                LedgerTopics.CHANGELOG, partitions.commands(), sight, metrics::commandsLost, signer.id());
        Dependencies dependencies = new Dependencies(
                partitions.commands(), outbox, metrics, rules, settings.replyTopics(), keys, truth, clock::steps);
        KafkaStreams streams = new KafkaStreams(
                LedgerTopology.build(dependencies, settings.stateOnDisk()),
                settings.streams(),
                truth.clients(),
                new SteadyTime());
        ThreadReplacement threads = new ThreadReplacement();
        Restoration restoration = new Restoration(new OrphanedTransactions(admin));
        streams.setUncaughtExceptionHandler(unlessDamaged(restoration, threads));
        streams.setGlobalStateRestoreListener(restoration);
        new Predecessor(admin, LedgerTopics.GROUP, settings.clientId()).remove();
        started.set(streams);
        streams.start();
        return new LedgerEngine(outbox, keys, streams, admin, restoration, threads, truth, sight, timer);
    }

    /** A record ends the poll of a consumer that would stay in it until the clock has caught up. */
    private static void wake(@Nullable KafkaStreams streams, Outbox outbox) {
        if (streams != null && streams.state().isRunningOrRebalancing()) {
            streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .forEach(partition -> outbox.send(new Heartbeat(), partition.partition(), null));
        }
    }

    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    public State state() {
        return streams.state();
    }

    /** One sentence for each partition that is not decided, because its state differs from the topics or cannot be read. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>(truth.differences());
        String damage = restoration.damage();
        if (damage != null) {
            differences.add(damage);
        }
        return differences;
    }

    /** What keeps it from starting, as far as can be said; one sentence each. */
    public List<String> stalled() {
        return restoration.stalled();
    }

    /** For the metrics of Kafka Streams. */
    public KafkaStreams streams() {
        return streams;
    }

    /** A right that Kafka denies it, in words; null if it has what it needs. */
    public @Nullable String denied() {
        return threads.denied();
    }

    /** How far the state of its partitions has been read back. */
    public Restoration restoration() {
        return restoration;
    }

    /** For the metrics of the producer of replies and ticks. */
    public KafkaOutbox outbox() {
        return outbox;
    }

    /**
     * The same as {@link #close()}.
     *
     * @return whether all its threads have ended in time; if not, no other engine can start on its directory in this process
     */
    public boolean stop() {
        timer.close();
        boolean ended = streams.close(CLOSE);
        sight.close();
        admin.close(Duration.ZERO);
        outbox.close();
        keys.close();
        return ended;
    }

    @Override
    public void close() {
        stop();
    }
}
