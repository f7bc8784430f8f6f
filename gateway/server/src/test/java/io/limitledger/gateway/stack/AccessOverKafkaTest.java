package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.AccessAdmin.NewToken;
import io.limitledger.gateway.access.AccessBook;
import io.limitledger.gateway.access.AccessToken;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.access.kafka.KafkaAccess;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.Role;
import io.limitledger.topics.TopicsSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and rights in a real topic, which two gateways follow and change. */
@Timeout(180)
@Tag("broker")
class AccessOverKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Allowed> ALLOW = List.of(Allowed.parse("hold:deploy-*"));

    /** A second on a machine of its own; the tests of other modules run beside this one. */
    private static final Duration EVERYWHERE = Duration.ofSeconds(5);

    private static EmbeddedBroker broker;
    private static Map<String, Object> client;

    private Gateway one;
    private Gateway other;

    private record Gateway(AccessBook book, KafkaAccess log, AccessAdmin admin) {
        static Gateway start() throws Exception {
            AccessBook book = new AccessBook();
            KafkaAccess log = KafkaAccess.start(client, book);
            log.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return new Gateway(book, log, new AccessAdmin(book, log, Clock.systemUTC()));
        }

        <T> T done(CompletableFuture<T> change) throws Exception {
            return change.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = EmbeddedBroker.start(directory, 0);
        client = Map.of("bootstrap.servers", broker.bootstrapServers());
        TopicsSetup.ensure(client, LedgerTopics.DEFAULTS, Role.GATEWAY, Role.GATEKEEPER);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startGateways() throws Exception {
        one = Gateway.start();
        other = Gateway.start();
    }

    @AfterEach
    void stopGateways() {
        one.log().close();
        other.log().close();
    }

    @Test
    void aChangeIsInForceAtTheOtherGatewayAndAfterARestart() throws Exception {
        // given
        NewToken made = one.done(one.admin().create("everywhere", ALLOW, null, "token:admin"));
        assertThat(one.book().token("everywhere")).contains(made.token());

        // when
        await().atMost(EVERYWHERE).until(() -> other.book().token("everywhere").isPresent());
        other.done(other.admin().grant("anyone", ALLOW, null));
        other.done(other.admin().revoke("everywhere"));

        // then
        await().atMost(EVERYWHERE)
                .until(() -> one.book().token("everywhere").orElseThrow().revokedAt() != null
                        && one.book()
                                .rights(new Principal("user:a", Set.of(), List.of()))
                                .may(Right.HOLD, "deploy-a"));
        Gateway restarted = Gateway.start();
        assertThat(restarted.book().token("everywhere")).isEqualTo(one.book().token("everywhere"));
        assertThat(restarted.book().grant("anyone")).isPresent();
        restarted.log().close();
    }

    @Test
    void ofTwoGatewaysThatGiveOneNameAtOnceOneDoes() throws Exception {
        // given
        List<CompletableFuture<NewToken>> attempts = new ArrayList<>();

        // when
        for (int round = 0; round < 5; round++) {
            attempts.add(one.admin().create("contended-" + round, ALLOW, null, "token:one"));
            attempts.add(other.admin().create("contended-" + round, ALLOW, null, "token:other"));
        }
        attempts.forEach(attempt -> attempt.exceptionally(failure -> null)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());

        // then
        for (int round = 0; round < 5; round++) {
            String name = "contended-" + round;
            List<NewToken> made = attempts.subList(2 * round, 2 * round + 2).stream()
                    .filter(attempt -> !attempt.isCompletedExceptionally())
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(made).hasSize(1);
            AccessToken token = made.get(0).token();
            await().atMost(EVERYWHERE).untilAsserted(() -> {
                assertThat(one.book().token(name)).contains(token);
                assertThat(other.book().token(name)).contains(token);
            });
        }
    }

    @Test
    void recordsThatCannotBeReadStopNothing() throws Exception {
        // given
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String key : List.of("token/bad", "rights/", "", "token/bad name", "used/x", "colour/red")) {
                producer.send(new ProducerRecord<>(LedgerTopics.ACCESS, bytes(key), bytes("{\"allow\": [\"fly:*\"]}")))
                        .get();
            }
        }

        // when
        one.done(one.admin().create("after-garbage", ALLOW, null, null));

        // then
        assertThat(one.book().token("after-garbage")).isPresent();
        assertThat(one.book().token("bad")).isEmpty();
        await().atMost(EVERYWHERE)
                .until(() -> other.book().token("after-garbage").isPresent());
        assertThat(other.log().isReady()).isTrue();
    }

    @Test
    void aUseAtOneGatewayIsSeenAtTheOther() throws Exception {
        // given
        NewToken made = one.done(one.admin().create("used", ALLOW, null, null));
        Instant now = Instant.now();

        // when
        one.log().noteUse("used", now);

        // then
        await().atMost(EVERYWHERE)
                .untilAsserted(
                        () -> assertThat(other.book().lastUsed(made.token())).isEqualTo(now));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
