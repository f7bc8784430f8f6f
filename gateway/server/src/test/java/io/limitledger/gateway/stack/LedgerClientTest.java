package io.limitledger.gateway.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.RejectedRecord;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyJson;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's main job, asked through Kafka by its own client and by others, and what goes wrong on the way. */
@Timeout(60)
@Tag("broker")
class LedgerClientTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedStack stack;
    private static LedgerClient client;

    private final String limit = "limit-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        client = stack.startClient();
    }

    /** Whatever the tests did, the log must give the same when it is decided again. */
    @AfterAll
    static void checkTheLedgerAndStop() throws Exception {
        try (EmbeddedStack closing = stack) {
            assertThat(CommittedLog.readWhenQuiet(closing).differences()).isEmpty();
        }
    }

    @Test
    void shouldCreateAcquireDenyRenewAndRelease() {
        // given
        UUID first = LeaseIds.newFor(limit);
        UUID second = LeaseIds.newFor(limit);

        // then
        assertThat(ask(put(1)))
                .isInstanceOfSatisfying(
                        Stored.class, stored -> assertThat(stored.created()).isTrue());
        assertThat(ask(acquire(first, 60_000))).isInstanceOf(Granted.class);
        assertThat(ask(acquire(second, 60_000)))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).isEqualTo(Denied.Reason.FULL));
        assertThat(ask(new RenewLease(limit, first, 90_000, null))).isInstanceOf(Renewed.class);
        assertThat(ask(new ReleaseLease(limit, first))).isEqualTo(new Released(first));
        assertThat(ask(acquire(second, 60_000))).isInstanceOf(Granted.class);
    }

    @Test
    void shouldSayWhereItWasDecidedAndWhetherItChangedAnything() {
        // given
        ask(put(1));
        UUID leaseId = LeaseIds.newFor(limit);

        // when
        ReplyRecord granted = answer(client.send(acquire(leaseId, 60_000)));
        ReplyRecord again = answer(client.send(acquire(leaseId, 60_000)));

        // then
        assertThat(granted.partition()).isEqualTo(partition());
        assertThat(granted.changed()).isTrue();
        assertThat(again.changed()).isFalse();
        assertThat(again.offset()).isGreaterThan(granted.offset());
        assertThat(again.reply()).isEqualTo(granted.reply());
    }

    @Test
    void shouldAnswerWhenAReservationStarts() {
        // given
        ask(new PutLimit(limit, new Definition(1, 2, true), null, false));
        ask(spending(0));
        long askedNanos = System.nanoTime();

        // when
        List<Lease> granted = Stream.of(client.send(spending(60_000)), client.send(spending(60_000)))
                .map(answer -> ((Granted) answer(answer).reply()).lease())
                .toList();

        // then
        assertThat(granted.get(1).startsAt() - granted.get(0).startsAt()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - askedNanos))
                .isGreaterThanOrEqualTo(Duration.ofMillis(
                        granted.get(1).startsAt() - granted.get(1).acquiredAt()));
    }

    @Test
    void shouldAnswerSoonerWhenAnEarlierWaiterGivesUp() {
        // given
        ask(new PutLimit(limit, new Definition(1, 0.1, true), null, false));
        ask(acquire(LeaseIds.newFor(limit), 60_000));
        AcquireLease impatient = waiting(LeaseIds.newFor(limit), 60_000);
        CompletableFuture<ReplyRecord> first = client.send(impatient);
        AcquireLease patient = waiting(LeaseIds.newFor(limit), 60_000);
        CompletableFuture<ReplyRecord> second = client.send(patient);

        // when
        ask(new ReleaseLease(limit, impatient.leaseId()));
        assertThat(answer(first).reply()).isEqualTo(new Cancelled(impatient.leaseId()));

        // then
        Granted granted = (Granted) answer(second).reply();
        assertThat(granted.lease().startsAt() - granted.lease().acquiredAt()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void shouldAnswerAllThatWaitForTheSameLease() {
        // given
        ask(put(1));
        UUID holder = LeaseIds.newFor(limit);
        ask(acquire(holder, 60_000));
        AcquireLease waiting = waiting(LeaseIds.newFor(limit), 20_000);
        CompletableFuture<ReplyRecord> earlier = client.send(waiting);
        CompletableFuture<ReplyRecord> later = client.send(waiting);

        // when
        ask(new ReleaseLease(limit, holder));

        // then
        assertThat(answer(later).reply()).isInstanceOf(Granted.class);
        assertThat(answer(earlier)).isEqualTo(answer(later));
    }

    @Test
    void shouldHoldForTheWholeLeaseWhatItTookUp() {
        // given
        ask(put(1));
        UUID holder = LeaseIds.newFor(limit);
        ask(acquire(holder, 60_000));
        CompletableFuture<ReplyRecord> waiting = Confirming.over(client).send(waiting(LeaseIds.newFor(limit), 20_000));

        // when
        ask(new ReleaseLease(limit, holder));

        // then
        Lease lease = ((Granted) answer(waiting).reply()).lease();
        assertThat(lease.expiresAt()).isBetween(lease.startsAt() + 60_000, lease.startsAt() + 70_000);
        assertThat(ask(waiting(lease.leaseId(), 20_000))).isEqualTo(new Granted(lease));
    }

    @Test
    void shouldPassOnWhatADeadClientWasHanded() {
        // given
        ask(put(1));
        UUID holder = LeaseIds.newFor(limit);
        ask(acquire(holder, 60_000));
        LedgerClient dying = stack.startClient();
        List<CompletableFuture<ReplyRecord>> lost = ids(20).stream()
                .map(id -> dying.send(waiting(id, 60_000).takenUpWithin(1_000)))
                .toList();
        // What it asks next is behind those in their partition.
        answer(dying.send(new Tick(limit)));
        CompletableFuture<ReplyRecord> alive = client.send(waiting(LeaseIds.newFor(limit), 60_000));
        dying.close();

        // when
        ask(new ReleaseLease(limit, holder));

        // then
        Lease lease = ((Granted) answer(alive).reply()).lease();
        assertThat(lost).allMatch(CompletableFuture::isCompletedExceptionally);
        // A client may have its answer before the event is stored.
        await().untilAsserted(() -> assertThat(events(WaiterLeft.class))
                .hasSize(19)
                .extracting(WaiterLeft::reason)
                .containsOnly(WaiterLeft.Reason.ABANDONED));
        assertThat(events(LeaseExpired.class)).hasSize(1);
        assertThat(lease.startsAt()).isGreaterThan(0);
    }

    @Test
    void shouldHandOverToThoseWhoWaitInTheirOrder() {
        // given
        ask(put(1));
        UUID holder = LeaseIds.newFor(limit);
        ask(acquire(holder, 60_000));
        List<UUID> waiters = ids(3);
        List<CompletableFuture<ReplyRecord>> waiting = new ArrayList<>();
        waiters.forEach(id -> waiting.add(client.send(waiting(id, 20_000))));

        // when
        ask(new ReleaseLease(limit, holder));
        assertThat(answer(waiting.get(0)).reply()).isInstanceOf(Granted.class);
        assertThat(waiting.get(1)).isNotDone();
        ask(new ReleaseLease(limit, waiters.get(0)));

        // then
        assertThat(answer(waiting.get(1)).reply()).isInstanceOf(Granted.class);
        assertThat(ask(new CancelAcquire(limit, waiters.get(2)))).isInstanceOf(Cancelled.class);
        assertThat(answer(waiting.get(2)).reply()).isEqualTo(new Cancelled(waiters.get(2)));
    }

    @Test
    void shouldDenyAWaiterWhoseTimeIsOver() {
        // given
        ask(put(1));
        ask(acquire(LeaseIds.newFor(limit), 60_000));

        // when
        Reply reply = ask(waiting(LeaseIds.newFor(limit), 300));

        // then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.reason()).isEqualTo(Denied.Reason.TIMED_OUT));
    }

    @Test
    void shouldFindALeaseByItsIdAlone() {
        // given
        ask(put(1));
        UUID leaseId = LeaseIds.newFor(limit);
        ask(acquire(leaseId, 60_000));

        // then
        assertThat(answer(client.send(new RenewLease(null, leaseId, 60_000, null), leaseId))
                        .reply())
                .isInstanceOf(Renewed.class);
        assertThat(answer(client.send(new ReleaseLease(null, leaseId), leaseId)).reply())
                .isEqualTo(new Released(leaseId));
        assertThat(answer(client.send(new RenewLease(null, leaseId, 60_000, null), leaseId))
                        .reply())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Refused.Reason.LEASE_GONE));
    }

    @Test
    void shouldTakeNothingTwiceWhenAReplyWasLost() throws Exception {
        // given: no client gets the answer
        ask(put(1));
        UUID leaseId = LeaseIds.newFor(limit);
        produce(command(acquire(leaseId, 60_000)));

        // when
        Reply repeated = ask(acquire(leaseId, 60_000));

        // then
        assertThat(repeated).isInstanceOf(Granted.class);
        assertThat(CommittedLog.readWhenQuiet(stack).facts(limit, LeaseGranted.class))
                .hasSize(1);
    }

    /** No command comes while the leases end: the timer alone ends them. */
    @Test
    void shouldExpireLeasesOnTimeWithoutCommands() throws Exception {
        // given
        ask(put(50));
        Random random = new Random(1);
        List<CompletableFuture<ReplyRecord>> grants = new ArrayList<>();
        ids(50).forEach(id -> grants.add(client.send(acquire(id, 1_000 + random.nextInt(1_000)))));
        grants.forEach(LedgerClientTest::answer);

        // when
        UUID last = LeaseIds.newFor(limit);
        Reply afterAll = ask(new AcquireLease(limit, last, 50, 60_000, 10_000, null, List.of()));

        // then
        assertThat(afterAll).isInstanceOf(Granted.class);
        List<Long> lateness = CommittedLog.readWhenQuiet(stack).events(limit).stream()
                .filter(event -> event.fact() instanceof LeaseExpired)
                .map(event -> event.at() - ((LeaseExpired) event.fact()).expiresAt())
                .sorted()
                .toList();
        assertThat(lateness).hasSize(50).allMatch(late -> late < 1_000);
        assertThat(lateness.get(25)).as("median of %s", lateness).isLessThan(200);
    }

    @Test
    void shouldNotKnowTheOutcomeWhileNoLedgerRunsAndTakeNothingTwiceAfterwards() throws Exception {
        // given
        ask(put(2));
        UUID leaseId = LeaseIds.newFor(limit);
        LedgerClient impatient = stack.startClient(Duration.ofMillis(700), 3);
        stack.stopLedger("one");

        // when
        List<CompletableFuture<ReplyRecord>> unanswered = Stream.of(
                        leaseId, LeaseIds.newFor(limit), LeaseIds.newFor(limit))
                .map(id -> impatient.send(acquire(id, 60_000)))
                .toList();
        CompletableFuture<ReplyRecord> tooMany = impatient.send(acquire(LeaseIds.newFor(limit), 60_000));

        // then
        assertThatThrownBy(() -> answer(tooMany)).hasRootCauseInstanceOf(TooManyInFlightException.class);
        assertThat(unanswered)
                .allSatisfy(future -> assertThatThrownBy(() -> answer(future))
                        .hasRootCauseInstanceOf(UnknownOutcomeException.class)
                        .rootCause()
                        .hasMessageContaining("repeat with the same id"));
        await().until(() -> impatient.inFlight() == 0);

        // when
        stack.startLedger("one");
        Reply repeated = ask(acquire(leaseId, 60_000));

        // then
        assertThat(repeated).isInstanceOf(Granted.class);
        await().until(() -> impatient.lateReplies() == 3);
        assertThat(CommittedLog.readWhenQuiet(stack).facts(limit, LeaseGranted.class))
                .extracting(granted -> granted.lease().leaseId())
                .containsOnlyOnce(leaseId)
                .hasSize(2);
    }

    @Test
    void shouldEndWhatIsUnderWayWhenItIsClosed() {
        // given
        ask(put(0));
        LedgerClient closing = stack.startClient();
        CompletableFuture<ReplyRecord> waiting = closing.send(waiting(LeaseIds.newFor(limit), 60_000));

        // when
        closing.close();

        // then
        assertThatThrownBy(() -> answer(waiting)).hasRootCauseInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void shouldReplyToATopicThatTheAskerBrought() throws Exception {
        // given
        String topic = "replies-of-" + limit;
        try (Admin admin = Admin.create(stack.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get(10, SECONDS);
        }
        ProducerRecord<byte[], byte[]> command =
                new CommandRecord(put(1), new Asker(topic, 1, "", "mine")).to(partition());

        // when
        produce(command);

        // then
        try (TopicReader reader = new TopicReader(stack.clientProperties())) {
            ConsumerRecord<byte[], byte[]> reply = await().until(() -> reader.read(topic), list -> !list.isEmpty())
                    .get(0);
            assertThat(reply.partition()).isEqualTo(1);
            assertThat(reply.key()).isNull();
            assertThat(HeaderText.of(reply.headers(), CommandRecord.CORRELATION_ID))
                    .isEqualTo("mine");
            assertThat(ReplyJson.read(reply.value())).isInstanceOf(Stored.class);
        }
    }

    @Test
    void shouldGoOnWhenARepliesTopicOrPartitionIsNotThereOrNotAllowed() throws Exception {
        // given
        long failedBefore = stack.metrics().sendsFailed();
        List<Asker> nobody = List.of(
                new Asker("no-such-topic", 0, "", ""),
                new Asker("not a topic's name", 0, "", ""),
                new Asker(LedgerTopics.REJECTED, 7, "", ""),
                new Asker(LedgerTopics.REPLIES, 9_999, "", ""));

        // when
        for (Asker asker : nobody) {
            produce(new CommandRecord(put(1), asker).to(partition()));
        }

        // then
        assertThat(ask(acquire(LeaseIds.newFor(limit), 60_000))).isInstanceOf(Granted.class);
        await().until(() -> stack.metrics().sendsFailed() - failedBefore == nobody.size());
        await().untilAsserted(() -> assertThat(rejected())
                .extracting(record -> HeaderText.of(record.headers(), RejectedRecord.REASON))
                .anyMatch(reason -> reason.contains("'not a topic's name': no topic can have that name"))
                .anyMatch(reason -> reason.contains("'limits.rejected': that topic belongs to the ledger")));
    }

    @Test
    void shouldRejectGarbageWithTheReasonAndDecideOn() throws Exception {
        // given
        byte[] key = limit.getBytes(UTF_8);
        byte[] junk = new byte[900_000];
        new Random(1).nextBytes(junk);
        int otherPartition = (partition() + 1) % stack.partitions().commands();
        Map<String, ProducerRecord<byte[], byte[]>> garbage = Map.of(
                "does not start with '{'",
                record(partition(), key, "no JSON".getBytes(UTF_8)),
                "no byte order mark",
                record(partition(), key, junk),
                "has no value",
                record(partition(), key, null),
                "as the key of the record, but got 'another'",
                record(partition(), "another".getBytes(UTF_8), CommandJson.write(put(1))),
                "as the key of the record, but got none",
                record(partition(), null, CommandJson.write(put(1))),
                "but got one in partition " + otherPartition,
                record(otherPartition, key, CommandJson.write(put(1))),
                "but got 'MakeCoffee'",
                record(partition(), key, "{\"type\":\"MakeCoffee\"}".getBytes(UTF_8)),
                "is missing",
                record(partition(), key, "{\"type\":\"RenewLease\"}".getBytes(UTF_8)));
        int before = rejected().size();

        // when
        for (ProducerRecord<byte[], byte[]> record : garbage.values()) {
            produce(record);
        }

        // then
        assertThat(ask(put(1))).isInstanceOf(Stored.class);
        List<ConsumerRecord<byte[], byte[]>> rejected =
                await().until(LedgerClientTest::rejected, list -> list.size() == before + garbage.size());
        Stream<String> reasons = rejected.stream().skip(before).map(LedgerClientTest::reason);
        assertThat(reasons.toList())
                .allSatisfy(reason -> assertThat(garbage.keySet()).anyMatch(reason::contains));
        assertThat(rejected.stream().skip(before)).anyMatch(record -> junk.length == length(record));
    }

    /** A topic bounds a batch as it is packed; unpacked it may be far larger than what any topic takes. */
    @Test
    void shouldRejectWhatUnpacksBeyondAllMeasure() throws Exception {
        // given
        int before = rejected().size();
        Map<String, Object> packing = producerSettings();
        packing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        packing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 10_000_000);
        packing.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 20_000_000L);

        // when
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(packing)) {
            producer.send(record(partition(), limit.getBytes(UTF_8), new byte[5_000_000]))
                    .get(10, SECONDS);
        }

        // then
        assertThat(ask(put(1))).isInstanceOf(Stored.class);
        ConsumerRecord<byte[], byte[]> rejected = await().until(
                        LedgerClientTest::rejected, list -> list.size() == before + 1)
                .get(before);
        assertThat(rejected.value()).hasSize(1_000_000);
        assertThat(HeaderText.of(rejected.headers(), RejectedRecord.ORIGINAL_BYTES))
                .isEqualTo("5000000");
    }

    @Test
    void shouldAnswerManyAtOnce() throws Exception {
        // given
        ask(put(10));
        List<UUID> ids = ids(500);

        // when
        List<CompletableFuture<ReplyRecord>> acquires = new ArrayList<>();
        ids.forEach(id -> acquires.add(client.send(acquire(id, 60_000))));
        List<ReplyRecord> answers =
                acquires.stream().map(LedgerClientTest::answer).toList();

        // then
        CommittedLog log = CommittedLog.readWhenQuiet(stack);
        assertThat(answers)
                .filteredOn(answer -> answer.reply() instanceof Granted)
                .hasSize(10);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(log.repliesOf(answer.partition(), answer.offset()))
                        .contains(answer.reply()));
        // Where the machine paused for seconds there are LeasesProlonged as well.
        assertThat(log.events(limit))
                .filteredOn(event -> event.fact() instanceof LeaseGranted || event.fact() instanceof LeaseDenied)
                .hasSize(500);
    }

    private static Reply ask(LimitCommand command) {
        return answer(client.send(command)).reply();
    }

    private static ReplyRecord answer(CompletableFuture<ReplyRecord> future) {
        return future.orTimeout(20, SECONDS).join();
    }

    private PutLimit put(long slots) {
        return new PutLimit(limit, new Definition(slots, 0, true), null, false);
    }

    private AcquireLease acquire(UUID leaseId, long leaseMillis) {
        return new AcquireLease(limit, leaseId, 1, leaseMillis, 0, null, List.of());
    }

    private AcquireLease waiting(UUID leaseId, long waitMillis) {
        return new AcquireLease(limit, leaseId, 1, 60_000, waitMillis, null, List.of());
    }

    private AcquireLease spending(long waitMillis) {
        return new AcquireLease(limit, LeaseIds.newFor(limit), 1, 0, waitMillis, null, List.of());
    }

    private <T extends Fact> List<T> events(Class<T> type) {
        // What has been answered may not be committed yet.
        try (TopicReader reader = new TopicReader(stack.clientProperties(), "read_uncommitted")) {
            return reader.read(LedgerTopics.EVENTS).stream()
                    .map(LedgerClientTest::event)
                    .filter(event -> event.limit().equals(limit))
                    .map(LimitEvent::fact)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }

    private static LimitEvent event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventJson.read(record.value());
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private List<UUID> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> LeaseIds.newFor(limit)).toList();
    }

    private int partition() {
        return LeaseIds.partition(limit, stack.partitions().commands());
    }

    private ProducerRecord<byte[], byte[]> command(LimitCommand command) {
        return new CommandRecord(command, null).to(partition());
    }

    private static ProducerRecord<byte[], byte[]> record(int partition, byte[] key, byte[] value) {
        return new ProducerRecord<>(LedgerTopics.COMMANDS, partition, key, value);
    }

    private static RecordMetadata produce(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings())) {
            return producer.send(record).get(10, SECONDS);
        }
    }

    private static Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>(stack.clientProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    private static List<ConsumerRecord<byte[], byte[]>> rejected() {
        try (TopicReader reader = new TopicReader(stack.clientProperties())) {
            return reader.read(LedgerTopics.REJECTED);
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        return HeaderText.of(record.headers(), RejectedRecord.REASON);
    }

    private static int length(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? 0 : record.value().length;
    }
}
