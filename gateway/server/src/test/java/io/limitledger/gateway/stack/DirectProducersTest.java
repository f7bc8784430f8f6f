package io.limitledger.gateway.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of what producers do that use Kafka as it is, without a client of ours; row by row as the page for direct
 * producers tells it. What cannot be read at all is in {@link LedgerClientTest}.
 */
@Timeout(60)
@Tag("broker")
class DirectProducersTest {
    private static final String REPLIES = "replies-of-producers";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedStack stack;
    private static LedgerClient client;

    private final String limit = "direct-" + NAMES.incrementAndGet();
    private final UUID leaseId = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        client = stack.startClient(Duration.ofSeconds(40), 1_000);
        try (Admin admin = Admin.create(stack.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(REPLIES, 2, (short) 1)))
                    .all()
                    .get(10, SECONDS);
        }
    }

    /** Whatever the tests did, the log must give the same when it is decided again. */
    @AfterAll
    static void checkTheLedgerAndStop() throws Exception {
        try (EmbeddedStack closing = stack) {
            assertThat(CommittedLog.readWhenQuiet(closing).differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void shouldDecideWhateverTheCompression(String codec) throws Exception {
        // when
        produce(Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, codec), asking(put(), codec));

        // then
        assertThat(reply(codec)).isInstanceOf(Stored.class);
    }

    @Test
    void shouldReportWhyACommandWithoutValueWasRejected() throws Exception {
        // given
        ask(put());
        ProducerRecord<byte[], byte[]> tombstone = record(null);
        address(tombstone.headers(), "tombstone");
        ProducerRecord<byte[], byte[]> empty = record(new byte[0]);
        address(empty.headers(), "empty");

        // when
        produce(Map.of(), tombstone);
        produce(Map.of(), empty);

        // then
        assertThat(List.of(reply("tombstone"), reply("empty")))
                .allSatisfy(reply -> assertThat(reply).isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Refused.Reason.UNREADABLE_COMMAND);
                    assertThat(refused.message()).isEqualTo("Expected a command in JSON, but the record has no value");
                }));
        assertThat(ask(acquire())).isInstanceOf(Granted.class);
    }

    @Test
    void shouldRejectWhatOnlyLedgersSend() throws Exception {
        // given
        ask(put());
        ProducerRecord<byte[], byte[]> heartbeat =
                new ProducerRecord<>(LedgerTopics.COMMANDS, partition(), null, CommandJson.write(new Heartbeat()));
        address(heartbeat.headers(), "heartbeat");
        Limit forged = Limit.created("nowhere", UUID.randomUUID(), new Definition(5, 0, true), 1);

        // when
        produce(Map.of(), heartbeat);
        produce(
                Map.of(),
                asking(
                        new AdoptLimit(limit + "-forged", new SealedLimit(forged, null), 0, 1, null, null),
                        limit + "-forged",
                        "adopt"));
        produce(Map.of(), asking(new FinishRename(limit, "x", UUID.randomUUID(), true, 1L), "finish"));

        // then
        assertThat(List.of(reply("heartbeat"), reply("adopt"), reply("finish")))
                .allSatisfy(reply -> assertThat(reply)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.message()).startsWith("Only ledgers send ")));
    }

    @Test
    void shouldReportWhichFieldsAreNotAllowed() throws Exception {
        // when
        produce(Map.of(), asking(new AcquireLease(limit, leaseId, 0, -5, 0, null, List.of()), "invalid"));

        // then
        assertThat(reply("invalid")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Refused.Reason.INVALID_COMMAND);
            assertThat(refused.fields()).extracting("field").containsExactly("slots", "leaseSeconds");
        });
    }

    @Test
    void shouldFindALeaseWhereItIsLookedFor() throws Exception {
        // given
        ask(put());
        ask(acquire());
        byte[] renewal = CommandJson.write(new RenewLease(null, leaseId, 60_000, null));
        ProducerRecord<byte[], byte[]> anyKey =
                new ProducerRecord<>(LedgerTopics.COMMANDS, partition(), "any key".getBytes(UTF_8), renewal);
        address(anyKey.headers(), "here");
        ProducerRecord<byte[], byte[]> elsewhere =
                new ProducerRecord<>(LedgerTopics.COMMANDS, (partition() + 1) % 4, null, renewal);
        address(elsewhere.headers(), "elsewhere");

        // when
        produce(Map.of(), anyKey);
        produce(Map.of(), elsewhere);

        // then
        assertThat(reply("here")).isInstanceOf(Renewed.class);
        assertThat(reply("elsewhere"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
    }

    @Test
    void shouldBeRefusedByKafkaWhenTheRecordIsHuge() {
        // given
        ProducerRecord<byte[], byte[]> huge = record(new byte[2_000_000]);
        Map<String, Object> willing = Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 10_000_000);

        // then
        assertThatThrownBy(() -> produce(willing, huge)).hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void shouldDecideWhateverTheHeaders() throws Exception {
        // given
        ProducerRecord<byte[], byte[]> odd = record(CommandJson.write(put()));
        odd.headers()
                .add("correlation-id", "not this one".getBytes(UTF_8))
                .add("reply-topic", REPLIES.getBytes(UTF_8))
                .add("reply-partition", "the second".getBytes(UTF_8))
                .add("reply-key", null)
                .add("", new byte[] {(byte) 0xff, 0})
                .add("traceparent", new byte[20_000])
                .add("correlation-id", "odd".getBytes(UTF_8));

        // when
        produce(Map.of(), odd);

        // then
        assertThat(reply("odd")).isInstanceOf(Stored.class);
        assertThat(replies()).noneMatch(reply -> "not this one".equals(correlationId(reply)));
        assertThat(replies())
                .filteredOn(reply -> "odd".equals(correlationId(reply)))
                .singleElement()
                .satisfies(reply -> {
                    assertThat(reply.partition()).isZero();
                    assertThat(reply.key()).isNull();
                });
    }

    @Test
    void shouldDecideWithoutAReplyWhenTheAddressIsTooLong() throws Exception {
        // given
        String endless = "x".repeat(256);
        ProducerRecord<byte[], byte[]> command = asking(put(), endless);

        // when
        produce(Map.of(), command);

        // then
        assertThat(ask(acquire())).isInstanceOf(Granted.class);
        assertThat(replies()).noneMatch(reply -> endless.equals(correlationId(reply)));
    }

    @Test
    void shouldDecideWithoutAReplyWhenTheCommandNamesNoReplyTopic() throws Exception {
        // when
        produce(Map.of(), record(CommandJson.write(put())));

        // then
        assertThat(ask(acquire())).isInstanceOf(Granted.class);
    }

    @Test
    void shouldTakeNothingTwiceWhenACommandIsSentTwice() throws Exception {
        // given
        ask(put());

        // when
        produce(Map.of(), asking(acquire(), "first"));
        produce(Map.of(), asking(acquire(), "second"));

        // then
        assertThat(reply("second")).isEqualTo(reply("first")).isInstanceOf(Granted.class);
        assertThat(CommittedLog.readWhenQuiet(stack).facts(limit, LeaseGranted.class))
                .hasSize(1);
    }

    @Test
    void shouldReleaseWhatOthersAcquired() throws Exception {
        // given
        ask(put());
        ask(acquire());

        // when
        produce(Map.of(), asking(new ReleaseLease(limit, leaseId), "release"));

        // then
        assertThat(reply("release")).isEqualTo(new Released(leaseId));
        assertThat(ask(new RenewLease(limit, leaseId, 60_000, null))).isInstanceOf(Refused.class);
    }

    @Test
    void shouldDecideWhatATransactionCommitsAndNothingThatItAborts() throws Exception {
        // given
        try (KafkaProducer<byte[], byte[]> producer = transactional(10_000)) {
            // when
            producer.beginTransaction();
            producer.send(asking(put(), "aborted")).get(10, SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(asking(put(), "committed")).get(10, SECONDS);
            producer.commitTransaction();
        }

        // then
        assertThat(reply("committed"))
                .isInstanceOfSatisfying(
                        Stored.class, stored -> assertThat(stored.created()).isTrue());
        assertThat(replies()).noneMatch(reply -> "aborted".equals(correlationId(reply)));
    }

    @Test
    void shouldRefuseTransactionsThatMayStayOpenForLong() {
        // then
        assertThatThrownBy(() -> transactional(60_000).close()).hasMessageContaining("transaction.max.timeout.ms");
    }

    /** The ledger reads committed records only, so everything behind an open transaction waits; but not for ever. */
    @Test
    void shouldGoOnWhenATransactionThatWasLeftOpenIsOver() throws Exception {
        // given
        ask(put());
        ask(new AcquireLease(limit, leaseId, 1, 1_500, 0, null, List.of()));

        // when
        CompletableFuture<ReplyRecord> behind;
        CompletableFuture<ReplyRecord> afterTheEnd;
        try (KafkaProducer<byte[], byte[]> abandoned = transactional(1_000)) {
            abandoned.beginTransaction();
            abandoned
                    .send(asking(new ReleaseLease(limit, leaseId), "left-open"))
                    .get(10, SECONDS);
            behind = client.send(new RenewLease(limit, leaseId, 3_600_000, null));
            afterTheEnd = client.send(new AcquireLease(limit, UUID.randomUUID(), 9, 60_000, 0, null, List.of()));
            await().atMost(Duration.ofSeconds(20)).until(afterTheEnd::isDone);
        }

        // then
        Lease renewed = ((Renewed) behind.join().reply()).lease();
        assertThat(Duration.ofMillis(renewed.expiresAt() - renewed.acquiredAt()))
                .describedAs("renewed when it was sent, not when it was decided")
                .isBetween(Duration.ofHours(1), Duration.ofMillis(3_601_500));
        assertThat(afterTheEnd.join().reply()).isInstanceOf(Granted.class);
        assertThat(replies()).noneMatch(reply -> "left-open".equals(correlationId(reply)));
        assertThat(CommittedLog.readWhenQuiet(stack).facts(limit, LeaseExpired.class))
                .isEmpty();
        assertThat(CommittedLog.readWhenQuiet(stack).facts(limit, LimitCreated.class))
                .hasSize(1);
    }

    private static Reply ask(LimitCommand command) {
        return client.send(command).orTimeout(20, SECONDS).join().reply();
    }

    private PutLimit put() {
        return new PutLimit(limit, new Definition(10, 0, true), null, false);
    }

    private AcquireLease acquire() {
        return new AcquireLease(limit, leaseId, 1, 60_000, 0, null, List.of());
    }

    private int partition() {
        return LeaseIds.partition(limit, stack.partitions().commands());
    }

    /** As producers do it: the key alone chooses the partition. */
    private ProducerRecord<byte[], byte[]> record(byte[] value) {
        return new ProducerRecord<>(LedgerTopics.COMMANDS, limit.getBytes(UTF_8), value);
    }

    private ProducerRecord<byte[], byte[]> asking(LimitCommand command, String correlationId) {
        ProducerRecord<byte[], byte[]> record = record(CommandJson.write(command));
        address(record.headers(), correlationId);
        return record;
    }

    private static ProducerRecord<byte[], byte[]> asking(LimitCommand command, String key, String correlationId) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(LedgerTopics.COMMANDS, key.getBytes(UTF_8), CommandJson.write(command));
        address(record.headers(), correlationId);
        return record;
    }

    private static void address(Headers headers, String correlationId) {
        HeaderText.put(headers, CommandRecord.CORRELATION_ID, correlationId);
        HeaderText.put(headers, CommandRecord.REPLY_TOPIC, REPLIES);
    }

    private static Reply reply(String correlationId) {
        ConsumerRecord<byte[], byte[]> found = await().until(
                        () -> replies().stream()
                                .filter(reply -> correlationId.equals(correlationId(reply)))
                                .toList(),
                        list -> !list.isEmpty())
                .get(0);
        try {
            return ReplyRecord.read(found).reply();
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> replies() {
        try (TopicReader reader = new TopicReader(stack.clientProperties())) {
            return reader.read(REPLIES);
        }
    }

    private static String correlationId(ConsumerRecord<byte[], byte[]> reply) {
        return ReplyRecord.correlationId(reply);
    }

    private static void produce(Map<String, Object> settings, ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(with(settings))) {
            producer.send(record).get(10, SECONDS);
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(int timeoutMillis) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(with(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                UUID.randomUUID().toString(),
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                timeoutMillis)));
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(stack.clientProperties());
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.putAll(settings);
        return all;
    }
}
