package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limitledger.core.command.ReleaseLease;
import io.limitledger.gateway.http.GatewayExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that goes while its request waits, and one that stays on the same connection. */
class ClientGoneTest {
    private static final String HELD = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final String CHOSEN = "2f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a02";
    private static final int TIMEOUT_MILLIS = 10_000;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        gateway.post("/v1/limits/printer/leases", "{\"leaseId\": \"" + HELD + "\"}");
        client = new Socket(InetAddress.getLoopbackAddress(), gateway.server().port());
        client.setSoTimeout(TIMEOUT_MILLIS);
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @Test
    void leavesTheLine() throws IOException {
        // given
        send("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        client.close();

        // then
        awaitWaiting(0);
    }

    @Test
    void leavesTheLinesOfSeveralLimits() throws IOException {
        // given
        gateway.put("/v1/limits/paper", "{\"limit\": 1}");
        send("POST", "/v1/leases", "{\"limits\": [\"paper\", \"printer\"], \"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        client.close();

        // then
        awaitWaiting(0);
        await().until(() ->
                gateway.get("/v1/limits/paper").json().path("leases").asInt() == 0);
    }

    static Stream<Arguments> acquires() {
        String increment = "/api/v2/concurrency_limits/increment";
        return Stream.of(
                arguments("/v1/limits/paper/leases", "{}", 1),
                arguments("/v1/leases", "{\"limits\": [\"paper\", \"toner\"]}", 1),
                arguments(increment + "-with-lease", "{\"names\": [\"paper\"], \"slots\": 1}", 1),
                arguments(increment + "-with-lease", "{\"names\": [\"toner\", \"paper\"], \"slots\": 1}", 1),
                arguments(increment, "{\"names\": [\"paper\"], \"slots\": 1}", 0),
                arguments(increment, "{\"names\": [\"paper\", \"toner\"], \"slots\": 1}", 0));
    }

    @ParameterizedTest
    @MethodSource("acquires")
    void givesBackWhatItDoesNotLearnOf(String path, String body, int released) throws IOException {
        // given
        gateway.put("/v1/limits/paper", "{\"limit\": 1}");
        gateway.put("/v1/limits/toner", "{\"limit\": 1}");
        gateway.ledger().stall();
        send("POST", path, body);
        await().until(() -> gateway.ledger().undecided() == 1);

        // when
        client.close();
        await().until(() -> gateway.server().underWay() == 0);
        gateway.ledger().goOn();

        // then
        assertThat(gateway.ledger().inFlight()).isZero();
        assertThat(occupied("paper") + occupied("toner")).isZero();
        assertThat(gateway.ledger().sent().stream().filter(sent -> sent.command() instanceof ReleaseLease))
                .hasSize(released);
    }

    @Test
    void giveBackTheirTurnsOfARateLimit() throws IOException {
        // given
        gateway.put("/v1/limits/calls", "{\"limit\": 1, \"slotDecayPerSecond\": 0.1}");
        String increment = "{\"names\": [\"calls\"], \"slots\": 1, \"mode\": \"rate_limit\"}";
        send("POST", "/api/v2/concurrency_limits/increment", increment);
        receive("]");
        send("POST", "/api/v2/concurrency_limits/increment", increment, "Prefer: wait=60");
        await().until(() ->
                gateway.get("/v1/limits/calls").json().path("waiting").asInt() == 1);

        // when
        client.close();

        // then
        await().until(() ->
                gateway.get("/v1/limits/calls").json().path("waiting").asInt() == 0);
        gateway.ledger().advance(Duration.ofSeconds(10));
        assertThat(occupied("calls")).isZero();
    }

    private static double occupied(String limit) {
        return gateway.get("/v1/limits/" + limit).json().path("occupied").asDouble();
    }

    @Test
    void keepsItsPlaceIfItChoseItsId() throws IOException {
        // given
        send("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60, \"leaseId\": \"" + CHOSEN + "\"}");
        awaitWaiting(1);

        // when
        client.close();
        gateway.delete("/v1/leases/" + HELD);

        // then
        assertThat(gateway.get("/v1/leases/" + CHOSEN).status()).isEqualTo(200);
    }

    @Test
    void isServedOnTheSameConnectionAfterItsWait() throws IOException {
        // given
        send("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);
        gateway.delete("/v1/leases/" + HELD);
        String granted = receive();

        // when
        send("GET", "/v1/limits/printer", "");

        // then
        assertThat(granted).startsWith("HTTP/1.1 201");
        assertThat(receive()).startsWith("HTTP/1.1 200").contains("\"leases\":1");
    }

    @Test
    void isServedWhatItAskedAhead() throws IOException {
        // given
        send("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        send("GET", "/v1/limits/printer", "");
        gateway.delete("/v1/leases/" + HELD);

        // then
        assertThat(receive()).startsWith("HTTP/1.1 201");
        assertThat(receive()).startsWith("HTTP/1.1 200").contains("\"leases\":1");
    }

    @Test
    void keepsWhatItWasGrantedIfItGoesAfterwards() throws IOException {
        // given
        send("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);
        gateway.delete("/v1/leases/" + HELD);
        String granted = receive();

        // when
        client.close();

        // then
        String lease = granted.replaceFirst("(?s).*\"leaseId\":\"([^\"]+)\".*", "$1");
        assertThat(gateway.get("/v1/leases/" + lease).status()).isEqualTo(200);
    }

    private void send(String method, String path, String body) throws IOException {
        send(method, path, body, "Accept: */*");
    }

    private void send(String method, String path, String body, String header) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** One response, whose body is an object. */
    private String receive() throws IOException {
        return receive("}");
    }

    private String receive(String end) throws IOException {
        StringBuilder response = new StringBuilder();
        while (!response.toString().contains("\r\n\r\n") || !response.toString().endsWith(end)) {
            int read = client.getInputStream().read();
            assertThat(read).as("after %s", response).isNotNegative();
            response.append((char) read);
        }
        return response.toString();
    }

    private static void awaitWaiting(int waiters) {
        await().until(() ->
                gateway.get("/v1/limits/printer").json().path("waiting").asInt() == waiters);
    }
}
