package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.state.Asker;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.process.Shutdown;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LeaseIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Commands that lie in the log while no ledger runs. A ledger of one thread then drains them; one thread that copies the
 * same records to another topic, by the same settings, is its floor. Either ends with a clean stop, which commits. All of it
 * has a broker of its own, because no other ledger may decide what is stored there.
 */
final class Backlog {
    private static final int LIMITS = 1_000;
    private static final long SLOTS = 1_000;
    private static final int COMMANDS_PER_CYCLE = 2;
    private static final String COPY = "limits.bench.copy";
    private static final long TIMEOUT_SECONDS = 30;

    private final Path directory;
    private final Map<String, Object> kafka;
    private final PartitionCounts partitions;
    private final int commands;

    private Backlog(Path directory, Map<String, Object> kafka, PartitionCounts partitions, int commands) {
        this.directory = directory;
        this.kafka = kafka;
        this.partitions = partitions;
        this.commands = commands - commands % COMMANDS_PER_CYCLE;
    }

    /**
     * Makes the limits.
     *
     * @param running what is started is added to it
     * @param commands how many lie there each time
     */
    static Backlog start(Shutdown running, PartitionCounts like, int commands) throws Exception {
        Path directory = running.add(TemporaryDirectory.create()).path();
        EmbeddedBroker broker = running.add(EmbeddedBroker.start(directory, 0));
        Map<String, Object> kafka = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        PartitionCounts partitions = TopicsSetup.ensure(
                kafka, new LedgerTopics(like.commands(), like.replies(), LedgerTopics.BROKER_DEFAULT));
        createCopy(kafka, partitions.commands());
        Backlog backlog = new Backlog(directory, kafka, partitions, commands);
        backlog.makeLimits();
        backlog.copy(LIMITS);
        return backlog;
    }

    private static void createCopy(Map<String, Object> kafka, int partitions) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            NewTopic copy = new NewTopic(COPY, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(copy)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void makeLimits() {
        try (Producer<byte[], byte[]> producer = producer()) {
            for (int limit = 0; limit < LIMITS; limit++) {
                send(producer, Cycles.limit(name(limit), SLOTS, 0), limit);
            }
        }
    }

    private void fill() {
        try (Producer<byte[], byte[]> producer = producer()) {
            for (int cycle = 0; cycle < commands / COMMANDS_PER_CYCLE; cycle++) {
                for (LimitCommand command : Cycles.acquireAndRelease(name(cycle % LIMITS))) {
                    send(producer, command, cycle);
                }
            }
        }
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(EchoSettings.producer(kafka));
    }

    private static String name(int limit) {
        return "bench-backlog-" + limit;
    }

    /** As an asker sends it. */
    private void send(Producer<byte[], byte[]> producer, LimitCommand command, int number) {
        String limit = Objects.requireNonNull(command.limit());
        Asker asker = new Asker(LedgerTopics.REPLIES, 0, "bench-backlog", Integer.toString(number));
        int partition = LeaseIds.partition(limit, partitions.commands());
        Future<RecordMetadata> unused = producer.send(new CommandRecord(command, asker).to(partition));
    }

    /** The floor, and the first of the two: it also puts there what both of them work off. */
    Figures copied(Duration unused) throws Exception {
        fill();
        return copy(commands);
    }

    private Figures copy(int records) throws Exception {
        Drain drain = new Drain(records);
        try (KafkaStreams copying = new KafkaStreams(copying(drain), copySettings())) {
            copying.start();
            drain.await();
        }
        return drain.figures();
    }

    /** The ledger takes what the floor has copied. */
    Figures drained(Duration unused) throws Exception {
        Drain drain = new Drain(commands);
        try (LedgerEngine ledger = LedgerEngine.start(settings("ledger"), partitions, LocalDelivery.NONE, drain)) {
            drain.await();
        }
        return drain.figures();
    }

    private LedgerSettings settings(String instance) {
        return new LedgerSettings(
                kafka,
                directory.resolve(instance),
                instance,
                1,
                0,
                false,
                LedgerSettings.DEFAULT_SESSION,
                ReplyTopics.OURS);
    }

    private Properties copySettings() {
        Properties settings = settings("copy").streams();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "limits-bench-copy");
        return settings;
    }

    private static Topology copying(Drain drain) {
        return new Topology()
                .addSource(
                        "source",
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        LedgerTopics.COMMANDS)
                .addProcessor("copy", () -> new Copying(drain), "source")
                .addSink(
                        "sink",
                        COPY,
                        Serdes.ByteArray().serializer(),
                        Serdes.ByteArray().serializer(),
                        "copy");
    }

    private static final class Copying extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final Drain drain;

        Copying(Drain drain) {
            this.drain = drain;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record);
            drain.next();
        }
    }
}
