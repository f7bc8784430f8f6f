package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicMismatchException;
import io.limitledger.topics.TopicSetupException;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topics.TopicsWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topics are made from the table, found again, and a topic that differs stops the start with a way to fix it. */
@Timeout(60)
@Tag("broker")
class TopicsSetupTest {

    private static final LedgerTopics TOPICS = new LedgerTopics(3, 2, LedgerTopics.BROKER_DEFAULT);

    private static EmbeddedBroker broker;
    private static Map<String, Object> client;
    private static Admin admin;

    @BeforeAll
    static void startBroker(@TempDir Path dataDir) {
        broker = EmbeddedBroker.start(dataDir, 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(client);
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @AfterEach
    void deleteTopics() throws Exception {
        admin.deleteTopics(admin.listTopics().names().get()).all().get();
        await().until(() -> admin.listTopics().names().get().isEmpty());
    }

    @Test
    void shouldMakeEveryTopicAsInTheTable() throws Exception {
        // when
        PartitionCounts counts = TopicsSetup.ensure(client, TOPICS);

        // then
        assertThat(counts).isEqualTo(new PartitionCounts(3, 2, 1));
        assertThat(admin.listTopics().names().get())
                .containsExactlyInAnyOrder(
                        "limits.commands", "limits.events", "limits.replies", "limits.rejected", "limits.ledgers");
        assertThat(setting("limits.ledgers", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("limits.commands", "message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(setting("limits.commands", "retention.ms")).isEqualTo("604800000");
        assertThat(setting("limits.events", "retention.ms")).isEqualTo("-1");
        assertThat(setting("limits.replies", "retention.ms")).isEqualTo("600000");
        assertThat(setting("limits.rejected", "max.message.bytes")).isEqualTo("2097152");
    }

    @Test
    void shouldReadTheNumberOfPartitionsFromTheTopicsThatExist() {
        // given
        PartitionCounts made = TopicsSetup.ensure(client, TOPICS);

        // when
        PartitionCounts found = TopicsSetup.ensure(client, LedgerTopics.DEFAULTS);

        // then
        assertThat(found).isEqualTo(made);
    }

    @Test
    void shouldGiveTheEventsAsManyPartitionsAsTheCommandsHave() throws Exception {
        // given
        create("limits.commands", 5, Map.of("message.timestamp.type", "LogAppendTime"));

        // when
        PartitionCounts counts = TopicsSetup.ensure(client, TOPICS);

        // then
        assertThat(counts.commands()).isEqualTo(5);
        assertThat(partitions("limits.events")).isEqualTo(5);
    }

    @Test
    void shouldGiveTheCommandsAsManyPartitionsAsTheEventsHave() throws Exception {
        // given
        create("limits.events", 5, LedgerTopics.DEFAULTS.all().get(1).settings());

        // when
        PartitionCounts counts = TopicsSetup.ensure(client, TOPICS);

        // then
        assertThat(counts.commands()).isEqualTo(5);
    }

    @Test
    void shouldAgreeWhenManyStartAtOnce() throws Exception {
        // given
        List<Callable<PartitionCounts>> starts = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            LedgerTopics topics = new LedgerTopics(i, 2, LedgerTopics.BROKER_DEFAULT);
            starts.add(() -> TopicsSetup.ensure(client, topics));
        }
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());

        // when
        List<Future<PartitionCounts>> results = threads.invokeAll(starts);
        threads.shutdown();

        // then
        PartitionCounts first = results.get(0).get();
        for (Future<PartitionCounts> result : results) {
            assertThat(result.get()).isEqualTo(first);
        }
    }

    @Test
    void shouldStopWithTheDifferenceAndItsFix() throws Exception {
        // given
        TopicsSetup.ensure(client, TOPICS);
        alter("limits.commands", "message.timestamp.type", "CreateTime");
        alter("limits.events", "retention.ms", "1000");

        // when
        assertThatThrownBy(() -> TopicsSetup.ensure(client, TOPICS))
                // then
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContainingAll(
                        "Expected the topics at " + broker.bootstrapServers()
                                + " to be as the ledger needs them, but 2 settings differ:",
                        "topic limits.commands, message.timestamp.type: expected LogAppendTime, found CreateTime",
                        "topic limits.events, retention.ms: expected -1, found 1000",
                        "kafka-configs.sh --bootstrap-server " + broker.bootstrapServers()
                                + " --alter --entity-type topics --entity-name limits.events --add-config retention.ms=-1");
    }

    @Test
    void shouldLeaveToTheOperatorWhatDoesNotMakeTheLedgerWrong() throws Exception {
        // given
        PartitionCounts made = TopicsSetup.ensure(client, TOPICS);
        alter("limits.commands", "retention.ms", "2592000000");

        // when
        PartitionCounts found = TopicsSetup.ensure(client, TOPICS);

        // then
        assertThat(found).isEqualTo(made);
        assertThat(setting("limits.commands", "retention.ms")).isEqualTo("2592000000");
    }

    @Test
    void shouldStopWhenCommandsAndEventsHaveDifferentNumbersOfPartitions() throws Exception {
        // given
        TopicsSetup.ensure(client, TOPICS);
        admin.createPartitions(Map.of("limits.events", NewPartitions.increaseTo(4)))
                .all()
                .get();
        await().until(() -> partitions("limits.events") == 4);

        // when
        assertThatThrownBy(() -> TopicsSetup.ensure(client, TOPICS))
                // then
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining(
                        "topic limits.events, partitions: expected 3, as many as limits.commands has, found 4");
    }

    @Test
    void shouldDecideTheAgreedPartitionsOnlyWhenTheCommandsHaveGrown() throws Exception {
        // given
        TopicsSetup.ensure(client, TOPICS);
        admin.createPartitions(Map.of("limits.commands", NewPartitions.increaseTo(5)))
                .all()
                .get();
        await().until(() -> partitions("limits.commands") == 5);

        // when
        PartitionCounts counts = TopicsSetup.ensure(client, TOPICS);

        // then
        assertThat(counts.commands()).isEqualTo(3);
    }

    @Test
    void shouldNoticeWhatIsChangedWhileItRuns() throws Exception {
        // given
        TopicsSetup.ensure(client, TOPICS);
        try (TopicsWatch watch = TopicsWatch.start(new HashMap<>(client), 3, Duration.ofMillis(50))) {
            // when
            alter("limits.commands", "retention.ms", "1000");
            admin.createPartitions(Map.of("limits.commands", NewPartitions.increaseTo(4)))
                    .all()
                    .get();

            // then
            await().until(() -> watch.differences().size() == 2);
            assertThat(watch.differences())
                    .anyMatch(one -> one.startsWith(
                            "topic limits.commands, retention.ms: expected at least 3600000, found 1000"))
                    .anyMatch(one -> one.startsWith("topic limits.commands has 4 partitions"));
        }
    }

    @Test
    void shouldStopWhenCommandsAreKeptForLessThanAnHour() throws Exception {
        // given
        TopicsSetup.ensure(client, TOPICS);
        alter("limits.commands", "retention.ms", "1000");

        // then
        assertThatThrownBy(() -> TopicsSetup.ensure(client, TOPICS))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("topic limits.commands, retention.ms: expected at least 3600000, found 1000");
    }

    @Test
    void shouldNameTheServersThatDoNotAnswer() {
        // given no server on port 1
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "127.0.0.1:1");

        // when
        assertThatThrownBy(() -> TopicsSetup.ensure(nowhere, TOPICS, Duration.ofMillis(1500)))
                // then
                .isInstanceOf(TopicSetupException.class)
                .hasMessageStartingWith("Expected to reach Kafka at 127.0.0.1:1 within 1.5 s to ");
    }

    private static void create(String topic, int partitions, Map<String, String> settings) throws Exception {
        admin.createTopics(
                        Set.of(new NewTopic(topic, Optional.of(partitions), Optional.<Short>empty()).configs(settings)))
                .all()
                .get();
        await().until(() -> admin.listTopics().names().get().contains(topic));
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(change)))
                .all()
                .get();
        // What the controller has taken on, the broker shows a moment later.
        await().until(() -> setting(topic, setting).equals(value));
    }

    private static String setting(String topic, String setting) throws Exception {
        return admin.describeConfigs(Set.of(resource(topic)))
                .all()
                .get()
                .get(resource(topic))
                .get(setting)
                .value();
    }

    private static int partitions(String topic) throws Exception {
        return admin.describeTopics(Set.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
