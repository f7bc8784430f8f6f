package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.TopicsSetup;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker keeps what it acknowledged, stamps commands with its own time, and says clearly when it cannot start. */
@Timeout(60)
@Tag("broker")
class EmbeddedBrokerTest {

    @TempDir
    Path dataDir;

    private Path logOfOtherProcess;

    @BeforeEach
    void placeLog(@TempDir Path logDir) {
        logOfOtherProcess = logDir.resolve("other-process.log");
    }

    @Test
    void shouldReturnWhatWasProduced() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // given
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);

            // when
            produce(broker, "database", "acquire");

            // then
            assertThat(consume(broker, 1)).extracting(ConsumerRecord::value).containsExactly("acquire");
        }
    }

    @Test
    void shouldStampCommandsWithTheBrokersTime() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // given
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);
            long beforeMillis = Instant.now().toEpochMilli();
            long claimedMillis = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

            // when
            RecordMetadata sent = produce(
                    broker, new ProducerRecord<>(LedgerTopics.COMMANDS, 0, claimedMillis, "database", "acquire"));

            // then
            assertThat(sent.timestamp()).isGreaterThanOrEqualTo(beforeMillis);
            assertThat(consume(broker, 1))
                    .extracting(ConsumerRecord::timestampType)
                    .containsExactly(TimestampType.LOG_APPEND_TIME);
        }
    }

    @Test
    void shouldKeepRecordsAndPortOverACleanRestart() throws Exception {
        // given
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            port = broker.port();
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);
            produce(broker, "database", "acquire");
        }

        // when
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, port)) {
            produce(broker, "database", "release");

            // then
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(consume(broker, 2)).extracting(ConsumerRecord::value).containsExactly("acquire", "release");
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsInUseAndKeepAcknowledgedRecordsOverAKill() throws Exception {
        // given
        Process other = startInAnotherProcess();
        try {
            Map<String, Object> client = Map.of("bootstrap.servers", readAddress(other));
            TopicsSetup.ensure(client, LedgerTopics.DEFAULTS);
            produce(client, new ProducerRecord<>(LedgerTopics.COMMANDS, "database", "acquire"));

            // when
            assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, 0))
                    // then
                    .isInstanceOf(StartException.class)
                    .hasMessage("Expected to open the data directory " + dataDir.toRealPath()
                            + ", but another process is using it. Stop that process, or choose another directory.");
        } finally {
            other.destroyForcibly().waitFor();
        }

        // when
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // then
            assertThat(consume(broker, 1)).extracting(ConsumerRecord::value).containsExactly("acquire");
        }
    }

    @Test
    void shouldKeepRecordsAndPortWhenItIsStartedAgainInPlace() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // given
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);
            String address = broker.bootstrapServers();
            produce(broker, "database", "acquire");

            // when
            boolean restarted = broker.restart();

            // then
            assertThat(restarted).isTrue();
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(consume(broker, 1)).extracting(ConsumerRecord::value).containsExactly("acquire");
        }
    }

    /** A controller that fences the one broker takes leadership away and gives it back, each time under a new epoch. */
    @Test
    void shouldLeadItsPartitionsThroughAPauseOfItsWholeProcess() throws Exception {
        // given
        LeapingTime time = new LeapingTime();
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0, time);
                Admin admin = Admin.create(client(broker))) {
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);
            int before = leaderEpoch(admin);

            // when
            time.leap(Duration.ofMinutes(10));

            // then
            Awaitility.await()
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> leaderEpoch(admin) == before);
        }
    }

    private static int leaderEpoch(Admin admin) throws Exception {
        TopicPartition partition = new TopicPartition(LedgerTopics.COMMANDS, 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get(20, TimeUnit.SECONDS)
                .leaderEpoch()
                .orElse(-1);
    }

    /** As if the process had got no processor: to those who wait in it, much time has passed at once. */
    private static final class LeapingTime implements Time {
        private final AtomicLong leaptNanos = new AtomicLong();

        void leap(Duration duration) {
            leaptNanos.addAndGet(duration.toNanos());
        }

        @Override
        public long milliseconds() {
            return SYSTEM.milliseconds();
        }

        @Override
        public long nanoseconds() {
            return SYSTEM.nanoseconds() + leaptNanos.get();
        }

        @Override
        public void sleep(long millis) {
            SYSTEM.sleep(millis);
        }

        @Override
        public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
                throws InterruptedException {
            SYSTEM.waitObject(object, condition, deadlineMillis);
        }
    }

    @Test
    void shouldRefuseADirectoryThatIsOpenInThisProcess() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // when
            assertThatThrownBy(() -> EmbeddedBroker.start(dataDir.resolve("..").resolve(dataDir.getFileName()), 0))
                    // then
                    .isInstanceOf(StartException.class)
                    .hasMessage("Expected to open the data directory " + broker.dataDirectory()
                            + ", but this process has it open already.");
        }
    }

    @Test
    void shouldRefuseAPortThatIsTakenAndLeaveTheDirectoryFree() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when
            assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, taken.getLocalPort()))
                    // then
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Expected to listen on 127.0.0.1:" + taken.getLocalPort() + ", but ")
                    .hasMessageEndingWith("choose another port.");
        }
        EmbeddedBroker.start(dataDir, 0).close();
    }

    @Test
    void shouldRefuseAGarbageRecordOfTenMegabytesWithoutHarm() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
            // given
            TopicsSetup.ensure(client(broker), LedgerTopics.DEFAULTS);
            Map<String, Object> generous = Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "max.request.size", 20_000_000,
                    "buffer.memory", 40_000_000);
            ProducerRecord<String, String> garbage =
                    new ProducerRecord<>(LedgerTopics.COMMANDS, "database", "x".repeat(10_000_000));

            // when
            assertThatThrownBy(() -> produce(generous, garbage))
                    // then
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(produce(broker, "database", "acquire").offset()).isZero();
        }
    }

    /** A broker for {@code kill -9}: the whole process has to go, without a chance to close anything. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] args) {
            PrintStream answers = System.out;
            // The log goes elsewhere: the pipe of the answers is not read, and a full one would stop this process.
            System.setOut(System.err);
            answers.println(EmbeddedBroker.start(Path.of(args[0]), 0).bootstrapServers());
        }
    }

    private Process startInAnotherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // It lives for seconds; to compile for speed takes longer.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        dataDir.toString())
                .redirectError(logOfOtherProcess.toFile())
                .start();
    }

    private String readAddress(Process process) throws IOException {
        String address = process.inputReader().readLine();
        assertThat(address).as(() -> contentOf(logOfOtherProcess.toFile())).isNotNull();
        return address;
    }

    private static RecordMetadata produce(EmbeddedBroker broker, String key, String value) throws Exception {
        return produce(broker, new ProducerRecord<>(LedgerTopics.COMMANDS, 0, key, value));
    }

    private static RecordMetadata produce(EmbeddedBroker broker, ProducerRecord<String, String> toSend)
            throws Exception {
        return produce(client(broker), toSend);
    }

    private static RecordMetadata produce(Map<String, Object> client, ProducerRecord<String, String> toSend)
            throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            return producer.send(toSend).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<ConsumerRecord<String, String>> consume(EmbeddedBroker broker, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < LedgerTopics.DEFAULT_COMMAND_PARTITIONS; partition++) {
            partitions.add(new TopicPartition(LedgerTopics.COMMANDS, partition));
        }
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
