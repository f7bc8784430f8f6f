package io.limitledger.gateway.stack;

import static io.limitledger.gateway.stack.StoredLedger.copy;
import static io.limitledger.gateway.stack.StoredLedger.delete;
import static io.limitledger.gateway.stack.StoredLedger.findings;
import static io.limitledger.gateway.stack.StoredLedger.kafka;
import static io.limitledger.gateway.stack.StoredLedger.notes;
import static io.limitledger.gateway.stack.StoredLedger.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.restore.Restore;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.PartitionNote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is damaged while nothing runs is noticed at the next start, before anything is decided; and a restore brings back the
 * state before.
 */
@Timeout(240)
@Tag("broker")
class TruthOverKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = LedgerTopics.DEFAULT_COMMAND_PARTITIONS;
    private static final String CLEAN_STOP = ".kafka_cleanshutdown";
    private static final String DAMAGED_LIMIT = "limit-1";
    private static final int DAMAGED = LeaseIds.partition(DAMAGED_LIMIT, PARTITIONS);

    @TempDir
    private static Path whole;

    private static Map<String, String> stateBefore = Map.of();

    /** How a topic of one partition is damaged. */
    private enum Damage {
        EVENTS_GONE(LedgerTopics.EVENTS, true),
        EVENTS_CUT(LedgerTopics.EVENTS, false),
        CHANGELOG_GONE(LedgerTopics.CHANGELOG, true),
        CHANGELOG_CUT(LedgerTopics.CHANGELOG, false),
        COMMANDS_GONE(LedgerTopics.COMMANDS, true),
        COMMANDS_CUT(LedgerTopics.COMMANDS, false);

        private final String topic;
        private final boolean isGone;

        Damage(String topic, boolean isGone) {
            this.topic = topic;
            this.isGone = isGone;
        }

        void doTo(Path directory) throws IOException {
            Path partition = kafka(directory).resolve(topic + "-" + DAMAGED);
            if (isGone) {
                delete(partition);
                delete(kafka(directory).resolve(CLEAN_STOP));
            } else {
                cutInHalf(partition.resolve("00000000000000000000.log"));
            }
        }
    }

    @BeforeAll
    static void decideSomething() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(whole)) {
            stack.startLedger("one");
            LedgerClient client = stack.startClient();
            for (int number = 0; number < 12; number++) {
                String limit = "limit-" + number;
                UUID released = UUID.randomUUID();
                ask(client, new PutLimit(limit, new Definition(3, 0, true), null, true));
                ask(client, acquire(limit, released));
                ask(client, acquire(limit, UUID.randomUUID()));
                ask(client, new ReleaseLease(limit, released));
            }
            stack.stopLedger("one");
            stateBefore = state(stack);
        }
    }

    @Test
    void shouldDecideNothingASecondTimeWhenItsGroupIsForgotten(@TempDir Path directory) throws Exception {
        // given
        copy(whole, directory);
        delete(kafka(directory).resolve("__consumer_offsets-0"));

        // when
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            ask(stack.startClient(), new PutLimit("another", new Definition(1, 0, true), null, true));

            // then
            stack.stopLedger("one");
            assertThat(state(stack))
                    .containsAllEntriesOf(stateBefore)
                    .containsKey(LeaseIds.partition("another", PARTITIONS) + "/limit/another");
            assertThat(findings(stack)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGELOG_GONE", "COMMANDS_GONE"})
    void shouldDecideNothingOverAHoleUntilItIsRestored(Damage damage, @TempDir Path directory) throws Exception {
        refuseThenRestore(damage, directory);
    }

    @Tag("faults")
    @ParameterizedTest
    @EnumSource(names = {"EVENTS_GONE", "EVENTS_CUT", "CHANGELOG_CUT", "COMMANDS_CUT"})
    void shouldDecideNothingOverOtherHolesUntilTheyAreRestored(Damage damage, @TempDir Path directory)
            throws Exception {
        refuseThenRestore(damage, directory);
    }

    @Test
    void shouldGoOnKnowinglyWithTheStateAsItIs(@TempDir Path directory) throws Exception {
        // given
        copy(whole, directory);
        Damage.COMMANDS_GONE.doTo(directory);

        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            // when
            try (Restore restore = new Restore(stack.clientProperties(), PARTITIONS, line -> {})) {
                assertThat(restore.acceptLoss()).singleElement().asString().contains(LedgerTopics.COMMANDS);
            }

            // then
            stack.startLedger("one");
            ask(stack.startClient(), new PutLimit(DAMAGED_LIMIT, new Definition(9, 0, true), null, false));
            assertThat(notes(stack, PartitionNote.Kind.LossAccepted)).hasSize(1);
        }
    }

    /** After a clean stop damage shows before Kafka opens its files; otherwise when the partition is compared. */
    private void refuseThenRestore(Damage damage, Path directory) throws Exception {
        copy(whole, directory);
        damage.doTo(directory);
        if (damage.isGone) {
            try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
                LedgerEngine held = stack.launchLedger("one", 1);
                await().atMost(PATIENCE).until(() -> !held.differences().isEmpty());
                assertThat(held.differences())
                        .singleElement()
                        .asString()
                        .startsWith("topic " + damage.topic + ", partition " + DAMAGED + ": expected ")
                        .contains("limits restore");
            }
        } else {
            assertThatThrownBy(() -> EmbeddedStack.start(directory))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("The file " + kafka(directory).resolve(damage.topic + "-" + DAMAGED))
                    .hasMessageContaining("limits restore");
        }
        try (EmbeddedStack stack = EmbeddedStack.startForRestore(directory)) {
            try (Restore restore = new Restore(stack.clientProperties(), PARTITIONS, line -> {})) {
                restore.rebuild(false);
            }
            stack.startLedger("one");
            await().atMost(PATIENCE).until(() -> state(stack).equals(stateBefore));
            stack.stopLedger("one");

            assertThat(findings(stack)).isEmpty();
            assertThat(notes(stack, PartitionNote.Kind.StateRestored)).hasSize(PARTITIONS);
        }
    }

    private static void ask(LedgerClient client, LimitCommand command) throws Exception {
        client.send(command).get();
    }

    private static AcquireLease acquire(String limit, UUID leaseId) {
        return new AcquireLease(limit, leaseId, 1, Duration.ofHours(1).toMillis(), 0, null, List.of());
    }

    private static void cutInHalf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }
}
