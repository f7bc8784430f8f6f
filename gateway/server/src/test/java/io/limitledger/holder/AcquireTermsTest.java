package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.state.Terms;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.timer.SystemTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Java client says beside slots and times, whichever way it asks; and what it hears. */
@Timeout(60)
class AcquireTermsTest {
    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** How the ledger is asked. */
    enum Way {
        SESSION,
        REQUESTS,
        KAFKA
    }

    @BeforeEach
    void createLimits() {
        gateway.put("/v1/limits/requests", "{\"quotas\": [{\"slots\": 10, \"perSeconds\": 60}]}");
        gateway.put(
                "/v1/limits/tokens",
                "{\"limit\": 1500, \"quotas\": [{\"slots\": 2000, \"perSeconds\": 60}], \"perKey\": {\"limit\": 1300}}");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private Limits limits(Way way) throws IOException {
        Limits limits = switch (way) {
            case SESSION ->
                Limits.overHttp(
                        URI.create("http://127.0.0.1:" + gateway.server().port()));
            case REQUESTS -> Limits.overHttp(URI.create("http://127.0.0.1:" + portOfProxyWithoutUpgrades()));
            case KAFKA -> overKafka();
        };
        opened.add(limits);
        return limits;
    }

    private static Limits overKafka() {
        SystemTimer timer = new SystemTimer("test-leases");
        return new Limits(new KafkaTransport(gateway.ledger(), timer, () -> {}), timer, timer::close);
    }

    private int portOfProxyWithoutUpgrades() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool());
        HttpClient client = HttpClient.newHttpClient();
        proxy.createContext("/", exchange -> forward(exchange, client));
        proxy.createContext("/v1/session", exchange -> answer(exchange, 502, new byte[0]));
        proxy.start();
        opened.add(() -> proxy.stop(0));
        return proxy.getAddress().getPort();
    }

    private static void forward(HttpExchange exchange, HttpClient client) throws IOException {
        HttpRequest.Builder request = gateway.request(exchange.getRequestURI().toString())
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        try {
            HttpResponse<byte[]> response = client.send(
                    (type == null ? request : request.header("Content-Type", type)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("Content-Type")
                    .ifPresent(value -> exchange.getResponseHeaders().set("Content-Type", value));
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** How many slots would be granted at once. */
    private static long free(String limit) {
        String id = UUID.randomUUID().toString();
        GatewayExtension.Reply reply = gateway.post(
                "/v1/limits/" + limit + "/leases",
                "{\"slots\": 100000, \"mode\": \"upTo\", \"leaseId\": \"" + id + "\"}");
        gateway.delete("/v1/leases/" + id + "?used=0");
        return reply.status() == 201 ? reply.json().path("slots").asLong() : 0;
    }

    private static AcquireLease lastAcquire() {
        return gateway.ledger().sent().stream()
                .map(InMemoryLedger.Sent::command)
                .filter(AcquireLease.class::isInstance)
                .map(AcquireLease.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void takesOneRequestAndItsTokensAndSettlesThem(Way way) throws Exception {
        // given
        Limits limits = limits(way);

        // when
        try (Lease lease = limits.acquire("requests", "tokens")
                .slots("tokens", 1_200)
                .key("tokens", "customer-42")
                .waitingUpTo(Duration.ofSeconds(5))) {
            assertThat(lease.slots("requests")).isOne();
            assertThat(lease.slots("tokens")).isEqualTo(1_200);
            assertThat(lease.fence("requests")).isPositive();
            assertThat(lease.fence("tokens")).isPositive();
            assertThatThrownBy(lease::slots).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(lease::fence).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> lease.settle(1)).isInstanceOf(IllegalStateException.class);
            lease.settle("tokens", 812);
            await().until(() -> free("tokens") == 1_500 - 812);
            lease.settle("tokens", 700);
        }
        limits.close();

        // then
        assertThat(gateway.get("/v1/limits/tokens").json().path("occupied").asInt())
                .isZero();
        assertThat(free("tokens")).isEqualTo(2_000 - 700);
        assertThat(free("requests")).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void settlesALeaseOnOneLimit(Way way) throws Exception {
        // given
        Limits limits = limits(way);

        // when
        try (Lease lease = limits.acquire("tokens").slots(1_200).key("eu/a").now()) {
            assertThat(lease.slots()).isEqualTo(1_200);
            assertThat(lease.key()).isEqualTo("eu/a");
            assertThat(lease.fence()).isPositive();
            lease.settle(812);
        }
        limits.close();

        // then
        assertThat(free("tokens")).isEqualTo(2_000 - 812 > 1_500 ? 1_500 : 2_000 - 812);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void takesWhatIsFree(Way way) throws Exception {
        // given
        Limits limits = limits(way);
        gateway.post("/v1/limits/tokens/leases", "{\"slots\": 600}");

        // when
        Lease lease = limits.acquire("tokens").upTo(5_000).now();

        // then
        assertThat(lease.slots()).isEqualTo(900);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void checksWithoutTaking(Way way) throws Exception {
        // given
        Limits limits = limits(way);
        gateway.post("/v1/limits/tokens/leases", "{\"slots\": 1200, \"key\": \"a\"}");

        // when
        Check ofOther = limits.acquire("tokens").slots(300).key("b").check();
        Check ofKey = limits.acquire("requests", "tokens")
                .slots("tokens", 300)
                .key("tokens", "a")
                .check();
        Check ofSpend = limits.spend("requests").slots(10).check();

        // then
        assertThat(ofOther).isEqualTo(new Check(true, Duration.ZERO, null));
        assertThat(ofKey.isGranted()).isFalse();
        assertThat(ofKey.reason()).isEqualTo("key");
        assertThat(ofKey.retryAfter()).isPositive();
        assertThat(ofSpend.isGranted()).isTrue();
        assertThat(gateway.get("/v1/limits/tokens").json().path("leases").asInt())
                .isOne();
        assertThatThrownBy(() -> limits.acquire("nothing").check()).isInstanceOf(AcquireRefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void saysWhyNot(Way way) throws Exception {
        // given
        Limits limits = limits(way);
        limits.spend("requests").slots(10).now();

        // when
        SlotsNotFreeException denied = catchThrowableOfType(
                SlotsNotFreeException.class, () -> limits.spend("requests").now());

        // then
        assertThat(denied.reason()).isEqualTo("quota");
        assertThat(denied.retryAfter()).isEqualTo(Duration.ofSeconds(61));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void saysAllThatIsAsked(Way way) throws Exception {
        // given
        Limits limits = limits(way);

        // when
        limits.acquire("tokens")
                .upTo(20)
                .key("a")
                .priority(30)
                .onExpiry(Acquire.OnExpiry.REFUND)
                .now();

        // then
        assertThat(lastAcquire().claim().terms()).isEqualTo(new Terms("a", 30, 20L, Terms.OnExpiry.REFUND));
    }
}
