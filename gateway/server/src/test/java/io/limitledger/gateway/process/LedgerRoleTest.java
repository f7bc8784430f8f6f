package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.ClientSettings;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does about a ledger of its own that is stuck. */
@Tag("broker")
class LedgerRoleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    private final Queue<String> sentences = new ConcurrentLinkedQueue<>();
    private final Meters meters = new Meters();
    private EmbeddedBroker broker;
    private Map<String, Object> kafka;
    private PartitionCounts partitions;
    private LedgerRole role;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(data, 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        partitions = TopicsSetup.ensure(kafka, LedgerTopics.DEFAULTS);
        LedgerRole.Options options = new LedgerRole.Options(
                data.resolve("ledger"), 1, 0, false, LedgerSettings.DEFAULT_SESSION, ReplyTopics.OURS);
        role = LedgerRole.start(options, kafka, partitions, LocalDelivery.NONE, meters, new Rescue() {
            @Override
            public Callable<Boolean> restartBroker() {
                return broker::restart;
            }

            @Override
            public void end(String sentence) {
                sentences.add(sentence);
            }
        });
        await().atMost(PATIENCE).until(role::isReady);
    }

    @AfterEach
    void stop() throws Exception {
        role.close();
        broker.close();
        meters.close();
    }

    @Test
    void shouldDecideAgainWhenTheBrokerAndItWereStartedAgain() throws Exception {
        try (LedgerClient client = LedgerClient.start(ClientSettings.of(kafka, partitions))) {
            // when
            boolean done = role.restart("broker", broker::restart);

            // then
            assertThat(done).isTrue();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.send(new CancelAcquire(null, UUID.randomUUID()), 0)
                                    .get(10, TimeUnit.SECONDS)
                            != null);
            assertThat(meters.scrape())
                    .contains("limits_restarts_total{part=\"broker\"} 1.0", "limits_ledger_lag{partition=\"0\"}");
        }
    }

    @Test
    void shouldEndWithASentenceWhenATopicOfItIsDeleted() throws Exception {
        // given
        await().atMost(PATIENCE).until(role::hasSeenItsTopics);

        // when
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(LedgerTopics.CHANGELOG)).all().get(20, TimeUnit.SECONDS);
        }

        // then
        await().atMost(PATIENCE).until(() -> !sentences.isEmpty());
        assertThat(sentences.peek()).startsWith("Topic limit-ledger-state-changelog was deleted while the ledger ran.");
    }
}
