package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicsSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An embedded broker that asks for a sign-in is no way past the gateway: not on any of its ports, not for any of its users. */
@Tag("broker")
@Timeout(60)
class SignInTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private static Path data;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        int port = Ports.find(0).broker();
        List<BrokerUser> users = List.of(
                new BrokerUser("billing", Role.PRODUCER, PASSWORD),
                new BrokerUser("worker", Role.HOLDER, PASSWORD),
                new BrokerUser("controller", Role.AUDITOR, PASSWORD),
                new BrokerUser("second", Role.GATEWAY, PASSWORD));
        broker = EmbeddedBroker.startSecured(data, port, users, false);
        TopicsSetup.ensure(broker.signIn(), LedgerTopics.DEFAULTS, Role.LEDGER, Role.GATEWAY);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Of all three listeners; that the list is whole is checked by another test. */
    static Stream<Integer> ports() {
        return broker.ports().stream();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the system is asked which ports are open")
    void shouldListenWhereItIsKnownToListen() throws Exception {
        // given
        List<Integer> ports = broker.ports();

        // when
        List<Integer> listening = listening();

        // then
        assertThat(ports).hasSize(3).doesNotHaveDuplicates();
        assertThat(listening).containsAll(ports);
        assertThat(listening).allSatisfy(port -> assertThat(isKafka(port)).isEqualTo(ports.contains(port)));
    }

    /** Ports of this process: sockets that listen, by their number among its descriptors. */
    private static List<Integer> listening() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    sockets.add(Files.readSymbolicLink(descriptor).toString().replaceAll("socket:\\[(\\d+)]", "$1"));
                }
            }
        }
        List<Integer> ports = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields[3].equals("0A") && sockets.contains(fields[9])) {
                    ports.add(Integer.parseInt(fields[1].replaceFirst(".*:", ""), 16));
                }
            }
        }
        return ports;
    }

    /** Speaks enough of Kafka's protocol to be answered by it: the versions, which it gives to everyone. */
    private static boolean isKafka(int port) throws Exception {
        byte[] apiVersions = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0, 0};
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(apiVersions);
            byte[] answer = socket.getInputStream().readNBytes(8);
            return answer.length == 8 && answer[7] == 1;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void shouldAnswerNothingToAClientThatDoesNotSignIn(int port) {
        // given
        Map<String, Object> plain = impatient(Map.of("bootstrap.servers", "127.0.0.1:" + port));

        // when
        try (Admin admin = Admin.create(plain)) {
            // then
            assertThatThrownBy(() -> admin.listTopics().names().get()).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> admin.describeCluster().nodes().get()).isInstanceOf(ExecutionException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("ports")
    void shouldRefuseAWrongPasswordAndTheNameOfTheServer(int port) {
        // given
        String address = "127.0.0.1:" + port;

        // then
        assertThatThrownBy(() -> topics(client(address, "billing", "guess")))
                .isInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> topics(client(address, BrokerUsers.SERVER, PASSWORD)))
                .isInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> topics(client(address, "nobody", PASSWORD)))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void shouldKeepUsersAwayFromTheListenersOfTheServer() {
        // given
        List<Integer> ofServer = broker.ports().subList(0, 2);

        // then
        assertThat(ofServer)
                .allSatisfy(port -> assertThatThrownBy(() -> topics(client("127.0.0.1:" + port, "billing", PASSWORD)))
                        .isInstanceOf(SaslAuthenticationException.class));
    }

    @Test
    void shouldLetAProducerWriteCommandsAndReadItsReplies() throws Exception {
        // given
        Map<String, Object> billing = client("billing");

        // when
        try (Admin admin = Admin.create(billing);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(billing, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("billing-replies", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(LedgerTopics.COMMANDS, "database", "{}"))
                    .get(10, TimeUnit.SECONDS);

            // then
            assertThat(admin.listOffsets(Map.of(new TopicPartition("billing-replies", 0), OffsetSpec.latest()))
                            .all()
                            .get())
                    .hasSize(1);
            assertThat(admin.listTopics().names().get())
                    .containsExactlyInAnyOrder(LedgerTopics.COMMANDS, "billing-replies");
        }
    }

    @Test
    void shouldLetAProducerDoNothingElse() {
        // given
        Map<String, Object> billing = client("billing");

        // when
        try (Admin admin = Admin.create(billing);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(billing, new StringSerializer(), new StringSerializer())) {
            // then
            assertDenied(() -> producer.send(new ProducerRecord<>(LedgerTopics.EVENTS, "database", "{}"))
                    .get());
            assertDenied(() ->
                    admin.deleteTopics(List.of(LedgerTopics.COMMANDS)).all().get());
            assertDenied(() -> admin.createTopics(List.of(new NewTopic("limits.access", 1, (short) 1)))
                    .all()
                    .get());
            assertDenied(() -> admin.createTopics(List.of(new NewTopic("worker-replies", 1, (short) 1)))
                    .all()
                    .get());
            assertDenied(() -> admin.listOffsets(
                            Map.of(new TopicPartition(LedgerTopics.REPLIES, 0), OffsetSpec.latest()))
                    .all()
                    .get());
            assertDenied(() -> admin.deleteConsumerGroups(List.of(LedgerTopics.GROUP))
                    .all()
                    .get());
            assertDenied(
                    () -> admin.createAcls(List.of(everything("billing"))).all().get());
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void shouldGiveARoleWhatItNeeds(String user, Role role) {
        // when, then
        assertThatCode(() -> TopicsSetup.require(client(user), Duration.ofSeconds(20), role))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of("billing", Role.PRODUCER),
                Arguments.of("worker", Role.HOLDER),
                Arguments.of("controller", Role.AUDITOR),
                Arguments.of("second", Role.GATEWAY));
    }

    @Test
    void shouldKeepItsSecretInMemoryAlone() throws Exception {
        // given
        String secret = String.valueOf(broker.signIn().get("sasl.jaas.config"));

        // when
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(Files::isRegularFile).toList();
        }

        // then
        assertThat(secret).isEqualTo("[hidden]");
        for (Path file : files) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(PASSWORD, BrokerUsers.SERVER + "\" password");
        }
    }

    @Test
    void shouldSignInAgainAfterARestartInPlace() throws Exception {
        // when
        boolean isRestarted = broker.restart();

        // then
        assertThat(isRestarted).isTrue();
        assertThat(topics(new HashMap<>(broker.signIn()))).contains(LedgerTopics.COMMANDS);
        assertThat(topics(client("controller"))).contains(LedgerTopics.EVENTS);
    }

    private static AclBinding everything(String user) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void assertDenied(Attempt attempt) {
        assertThatThrownBy(attempt::run).hasCauseInstanceOf(AuthorizationException.class);
    }

    private static Iterable<String> topics(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Map<String, Object> client(String user) {
        return client(String.valueOf(broker.addressForOthers()), user, PASSWORD);
    }

    private static Map<String, Object> client(String address, String user, String password) {
        return impatient(Map.of(
                "bootstrap.servers",
                address,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";"));
    }

    private static Map<String, Object> impatient(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("request.timeout.ms", "2000");
        properties.put("default.api.timeout.ms", "3000");
        properties.put("max.block.ms", "3000");
        properties.put("delivery.timeout.ms", "3000");
        return properties;
    }
}
