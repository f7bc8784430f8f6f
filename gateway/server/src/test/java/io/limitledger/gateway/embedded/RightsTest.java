package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.topics.KafkaRight;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.MissingRightsException;
import io.limitledger.topics.RightsWatch;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicSetupException;
import io.limitledger.topics.TopicsSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each right of each role, taken away in turn on a broker that grants nothing by itself. */
@Tag("broker")
class RightsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(200);

    /** Enough for the few connections that are turned away before the client says so. */
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(5);

    private static final LedgerTopics TOPICS = new LedgerTopics(1, 1, LedgerTopics.BROKER_DEFAULT);

    @TempDir
    private static Path directory;

    private static SecuredBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SecuredBroker.start(
                directory, "ledger", "gateway", "auditor", "producer", "holder", "gatekeeper", "newcomer");
        TopicsSetup.ensure(broker.clientProperties(SecuredBroker.ADMIN), TOPICS, Role.GATEKEEPER);
        try (Admin admin = Admin.create(broker.clientProperties(SecuredBroker.ADMIN))) {
            admin.createTopics(List.of(new NewTopic(LedgerTopics.CHANGELOG, 1, (short) 1)))
                    .all()
                    .get();
            // Kafka returns the rights on a group only if the group exists.
            admin.alterConsumerGroupOffsets(
                            LedgerTopics.GROUP,
                            Map.of(new TopicPartition(LedgerTopics.COMMANDS, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
        for (Role role : Role.values()) {
            for (KafkaRight right : role.rights()) {
                broker.allow(user(role), right.type(), right.name(), right.operation());
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static String user(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> rights() {
        return Arrays.stream(Role.values())
                .flatMap(role -> role.rights().stream().map(right -> Arguments.of(role, right)));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void shouldNameTheRightThatIsMissing(Role role, KafkaRight right) throws Exception {
        // given
        broker.revoke(user(role), right.type(), right.name(), right.operation());
        try {
            // when
            assertThatThrownBy(() -> TopicsSetup.require(broker.clientProperties(user(role)), PATIENCE, role))
                    // then
                    .isInstanceOfSatisfying(MissingRightsException.class, missing -> {
                        assertThat(missing.missing()).contains(right);
                        assertThat(missing.missing())
                                .allMatch(denied -> denied.name().equals(right.name()));
                    })
                    .hasMessageContaining("User:" + user(role))
                    .hasMessageContaining(right.name())
                    .hasMessageContaining(right.operation().name())
                    .hasMessageNotContaining(SecuredBroker.password(user(role)))
                    .message()
                    .hasLineCount(1);
        } finally {
            broker.allow(user(role), right.type(), right.name(), right.operation());
        }
    }

    @Test
    void shouldDoWithTheRightsOfTheTable() {
        // when, then
        assertThatCode(() -> {
                    TopicsSetup.ensure(broker.clientProperties("ledger"), TOPICS, PATIENCE, Role.LEDGER);
                    TopicsSetup.ensure(broker.clientProperties("gateway"), TOPICS, PATIENCE, Role.GATEWAY);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldAskOfAnAuditorOnlyWhatItReads() {
        // given
        Map<String, Object> auditor = broker.clientProperties("auditor");

        // when
        int partitions = TopicsSetup.partitionsToAudit(auditor, PATIENCE);

        // then
        assertThat(partitions).isEqualTo(1);
        try (KafkaAuditedLog log = new KafkaAuditedLog(auditor, partitions)) {
            assertThat(log.commands(0)).isExhausted();
            assertThat(log.events(0, 0)).isExhausted();
            assertThat(log.state(0)).isExhausted();
        }
    }

    @Test
    void shouldNoticeWhileItRunsThatARightIsTakenAway() throws Exception {
        // given
        try (RightsWatch watch = RightsWatch.start(broker.clientProperties("gateway"), OFTEN, Role.GATEWAY)) {
            // when
            broker.revoke("gateway", ResourceType.TOPIC, LedgerTopics.COMMANDS, AclOperation.WRITE);

            // then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(watch.problem()).contains("WRITE", LedgerTopics.COMMANDS, "User:gateway"));
        } finally {
            broker.allow("gateway", ResourceType.TOPIC, LedgerTopics.COMMANDS, AclOperation.WRITE);
        }
    }

    @Test
    void shouldReportToAClientWithoutSignInThatTheBrokerWantsOne() {
        // given
        Map<String, Object> anonymous = Map.of("bootstrap.servers", broker.bootstrapServers());

        // when
        assertThatThrownBy(() -> TopicsSetup.ensure(anonymous, TOPICS, LITTLE_PATIENCE, Role.GATEWAY))
                // then
                .isInstanceOf(TopicSetupException.class)
                .hasMessageContaining("another security protocol than PLAINTEXT")
                .hasMessageContaining("--kafka-config");
    }

    @Test
    void shouldReportToAClientWithAWrongPasswordWhatToCheck() {
        // given
        Map<String, Object> wrong = new HashMap<>(broker.clientProperties("gateway"));
        wrong.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"gateway\" password=\"guess\";");

        // when
        assertThatThrownBy(() -> TopicsSetup.ensure(wrong, TOPICS, PATIENCE, Role.GATEWAY))
                // then
                .isInstanceOf(TopicSetupException.class)
                .hasMessageContaining("refuses the sign-in")
                .hasMessageContaining("--kafka-config")
                .hasMessageNotContaining("guess");
    }

    @Test
    void shouldNameCreateWhereATopicIsMissingThatMayNotBeMade() throws Exception {
        // given
        try (Admin admin = Admin.create(broker.clientProperties(SecuredBroker.ADMIN))) {
            admin.deleteTopics(List.of(LedgerTopics.REJECTED)).all().get();
        }
        try {
            // when
            assertThatThrownBy(
                            () -> TopicsSetup.ensure(broker.clientProperties("ledger"), TOPICS, PATIENCE, Role.LEDGER))
                    // then
                    .isInstanceOf(MissingRightsException.class)
                    .hasMessageContaining("CREATE on topic " + LedgerTopics.REJECTED);
        } finally {
            TopicsSetup.ensure(broker.clientProperties(SecuredBroker.ADMIN), TOPICS, Role.GATEKEEPER);
        }
    }
}
