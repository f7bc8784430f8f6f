package io.limitledger.gateway.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is gone must not be waited for. The group believes in everybody for much longer than these tests wait. */
@Timeout(120)
@Tag("broker")
class LedgerGroupTest {
    private static final Duration SESSION = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private EmbeddedStack stack;

    @BeforeEach
    void start(@TempDir Path directory) {
        stack = EmbeddedStack.start(directory);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldTakeOverAtOnceWhatItsKilledProcessHad() {
        // given
        joinAndDie("limit-ledger-one-StreamThread-1-consumer");

        // when
        LedgerEngine ledger = stack.launchLedger("one", 1, SESSION);

        // then
        await().atMost(PATIENCE)
                .until(() -> partitionsOf(ledger) == stack.partitions().commands());
    }

    @Test
    void shouldTakeOverAtOnceWhatAStoppedOneHad() {
        // given
        LedgerEngine one = stack.launchLedger("one", 1, SESSION);
        LedgerEngine two = stack.launchLedger("two", 1, SESSION);
        await().atMost(PATIENCE).until(() -> partitionsOf(one) > 0 && partitionsOf(two) > 0);

        // when
        stack.stopLedger("one");

        // then
        await().atMost(PATIENCE)
                .until(() -> partitionsOf(two) == stack.partitions().commands());
    }

    @Test
    void shouldLeaveAnotherWhereItIs() throws Exception {
        // given
        LedgerEngine one = stack.launchLedger("one", 1, SESSION);
        await().atMost(PATIENCE).until(one::isRunning);
        List<String> before = memberIds();

        // when
        LedgerEngine two = stack.launchLedger("two", 1, SESSION);

        // then
        await().atMost(PATIENCE).until(two::isRunning);
        assertThat(memberIds()).containsAll(before).hasSize(2);
    }

    @Test
    void shouldEndWhatAKilledOneLeftOpenWhenItTakesOver() throws Exception {
        // given
        String orphan = LedgerTopics.GROUP + "-killed-1";
        stack.startLedger("one");
        stack.stopLedger("one");
        leaveOpen(orphan);

        // when
        stack.startLedger("two");

        // then
        // The broker alone would leave it aborted.
        await().atMost(PATIENCE).until(() -> stateOf(orphan) == TransactionState.EMPTY);
    }

    private static int partitionsOf(LedgerEngine ledger) {
        return ledger.streams().metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .sum();
    }

    /** As a ledger that is killed: its group does not hear that it goes. */
    private void joinAndDie(String clientId) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.clientProperties().get("bootstrap.servers"),
                        "group.id",
                        LedgerTopics.GROUP,
                        "client.id",
                        clientId,
                        "session.timeout.ms",
                        (int) SESSION.toMillis()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(LedgerTopics.COMMANDS));
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    /** As a ledger that is killed between two commits. */
    private void leaveOpen(String transactionalId) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.clientProperties().get("bootstrap.servers"),
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(LedgerTopics.CHANGELOG, 0, "limit".getBytes(UTF_8), null))
                .get();
        producer.close(Duration.ZERO);
    }

    private TransactionState stateOf(String transactionalId) throws Exception {
        try (Admin admin = Admin.create(stack.clientProperties())) {
            return admin.describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get()
                    .state();
        }
    }

    private List<String> memberIds() throws Exception {
        try (Admin admin = Admin.create(stack.clientProperties())) {
            return admin.describeConsumerGroups(List.of(LedgerTopics.GROUP)).all().get().values().stream()
                    .flatMap(found -> found.members().stream())
                    .map(MemberDescription::consumerId)
                    .toList();
        }
    }
}
