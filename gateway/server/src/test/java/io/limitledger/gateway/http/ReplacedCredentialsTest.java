package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.credentials.TestAuthority;
import io.limitledger.credentials.TlsFiles;
import io.limitledger.gateway.access.CertificateAuthenticator;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.OidcSettings;
import io.limitledger.gateway.access.Rights;
import io.limitledger.gateway.access.oidc.OidcAuthenticator;
import io.limitledger.gateway.access.oidc.TestProvider;
import io.limitledger.gateway.tls.ServerCertificate;
import io.limitledger.holder.AccessRefusedException;
import io.limitledger.holder.Gateway;
import io.limitledger.holder.Limits;
import io.limitledger.timer.SystemTimer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients under load while everything that shows who they are, and whom they trust, is replaced, and while the identity provider is
 * down. No ask of theirs fails, and no program is started anew.
 */
@Timeout(120)
class ReplacedCredentialsTest {
    private static final int ASKS_OF_A_CONNECTION = 10;
    private static final TestAuthority FIRST = new TestAuthority("first");
    private static final TestAuthority SECOND = new TestAuthority("second");
    private static final Path FOLDER = folder();
    private static final Path CA = FIRST.writeTo(FOLDER.resolve("ca.pem"));
    private static final Path TOKEN = FOLDER.resolve("token");
    private static final TestProvider PROVIDER = new TestProvider();
    private static final SystemTimer TIMER = new SystemTimer("provider");
    private static final OidcAuthenticator USERS = OidcAuthenticator.start(
            new OidcSettings(URI.create(PROVIDER.issuer()), TestProvider.AUDIENCE, "sub", null, null),
            Clock.systemUTC(),
            TIMER);
    private static final ServerCertificate SERVED = served();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension(
            new Gatekeeper(List.of(USERS, new CertificateAuthenticator(Clock.systemUTC())), principal -> Rights.ALL),
            SERVED,
            HttpClient.newBuilder().sslContext(ofWorker().context()).build());

    private final AtomicLong asks = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;
    private Thread user;
    private Thread worker;
    private Gateway ofUser;
    private Gateway ofWorker;

    private static Path folder() {
        try {
            return Files.createTempDirectory("credentials-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerCertificate served() {
        issue(FIRST, "server", "ip:127.0.0.1");
        issue(FIRST, "worker", "dns:worker");
        return new ServerCertificate(new TlsFiles(CA, file("server.pem"), file("server-key.pem")));
    }

    private static TlsFiles ofWorker() {
        return new TlsFiles(CA, file("worker.pem"), file("worker-key.pem"));
    }

    private static void issue(TestAuthority authority, String owner, String name) {
        authority.issue(name).writeTo(file(owner + ".pem"), file(owner + "-key.pem"));
    }

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    @AfterAll
    static void removeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @BeforeEach
    void startLoad() {
        await().until(() -> USERS.problem() == null);
        gateway.put("/v1/limits/printer", "{\"limit\": 1000}");
        String url = "https://127.0.0.1:" + gateway.server().port();
        giveToken();
        ofUser = Gateway.at(url).caFile(CA).tokenFile(TOKEN);
        ofWorker = Gateway.at(url).caFile(CA).clientCertificate(file("worker.pem"), file("worker-key.pem"));
        user = start(ofUser);
        worker = start(ofWorker);
    }

    private static void giveToken() {
        TestAuthority.replace(TOKEN, PROVIDER.token(Instant.now(), claims -> {}) + "\n");
    }

    private Thread start(Gateway from) {
        Thread thread = new Thread(() -> ask(from), "load");
        thread.start();
        return thread;
    }

    private void ask(Gateway from) {
        while (!isOver) {
            try (Limits limits = Limits.overHttp(from)) {
                for (int i = 0; i < ASKS_OF_A_CONNECTION && !isOver; i++) {
                    limits.acquire("printer").now().close();
                    asks.incrementAndGet();
                }
            } catch (InterruptedException | RuntimeException e) {
                failures.add(e);
            }
        }
    }

    @AfterEach
    void stopLoad() throws InterruptedException {
        isOver = true;
        user.join();
        worker.join();
    }

    @AfterAll
    static void stopProvider() {
        USERS.close();
        TIMER.close();
        PROVIDER.close();
    }

    @Test
    void failNoAsk() {
        // given
        awaitAsks();

        // when
        giveToken();
        awaitAsks();
        int reads = PROVIDER.reads();
        PROVIDER.rotate();
        giveToken();
        await().until(() -> PROVIDER.reads() > reads);
        awaitAsks();
        PROVIDER.stop();
        giveToken();
        awaitAsks();
        replace(() -> TestAuthority.replace(CA, FIRST.pem() + SECOND.pem()));
        replace(() -> issue(SECOND, "server", "ip:127.0.0.1"));
        replace(() -> issue(SECOND, "worker", "dns:worker"));
        replace(() -> SECOND.writeTo(CA));
        giveToken();
        awaitAsks();

        // then
        assertThat(failures).isEmpty();
        assertThat(gateway.observed()).contains("GET /v1/session acquire 201").noneMatch(seen -> seen.endsWith("401"));
    }

    @Test
    void areRefusedOnceTheirAuthorityIsNoLongerTrusted() {
        // given
        TestAuthority stranger = new TestAuthority("stranger");
        stranger.issue("dns:worker").writeTo(file("stranger.pem"), file("stranger-key.pem"));
        Gateway of = Gateway.at(ofWorker.address()).caFile(CA);

        // when
        Throwable withoutAny = failure(of);
        Throwable ofStranger = failure(of.clientCertificate(file("stranger.pem"), file("stranger-key.pem")));

        // then
        assertThat(withoutAny).isInstanceOf(AccessRefusedException.class).hasMessageContaining("set LIMITS_TOKEN_FILE");
        assertThat(ofStranger).isNotNull();
    }

    private static Throwable failure(Gateway from) {
        try (Limits limits = Limits.overHttp(from)) {
            limits.acquire("printer").now().close();
            return null;
        } catch (InterruptedException | RuntimeException e) {
            return e;
        }
    }

    /** Replaces files, and waits until server and clients have seen it and gone on with it. */
    private void replace(Runnable change) {
        List<SSLContext> before = contexts();
        change.run();
        await().atMost(Duration.ofSeconds(20)).until(() -> !contexts().equals(before));
        long since = System.nanoTime();
        // Each of them looks twice a second.
        await().until(() -> System.nanoTime() - since > Duration.ofMillis(700).toNanos());
        awaitAsks();
    }

    private List<SSLContext> contexts() {
        return List.of(SERVED.context(), ofUser.sslContext(), ofWorker.sslContext());
    }

    /** Over several new connections of each client. */
    private void awaitAsks() {
        long before = asks.get();
        await().atMost(Duration.ofSeconds(40)).until(() -> asks.get() - before >= 6L * ASKS_OF_A_CONNECTION);
    }
}
