package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.events.KeptEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do what they should not, while another renews its lease. */
class HostileClientsTest {
    private static final String LEASE = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";

    /** More than there are threads. */
    private static final int CONNECTIONS = 18;

    private static final int SMALL_BUFFER_BYTES = 4_096;
    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final int ROUNDS = 10;
    private static final int RENEWALS = 8;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final List<SocketChannel> hostile = new ArrayList<>();
    private final Map<SocketChannel, ByteBuffer> unsent = new HashMap<>();
    private Bystander bystander;

    @BeforeEach
    void hold() {
        gateway.put("/v1/limits/database", "{\"limit\": 1000}");
        gateway.post("/v1/limits/database/leases", "{\"leaseId\": \"" + LEASE + "\", \"leaseSeconds\": 60}");
        bystander = Bystander.start(gateway.server().port(), LEASE);
    }

    @AfterEach
    void leave() throws Exception {
        for (SocketChannel client : hostile) {
            client.close();
        }
        bystander.close();
        await().until(() -> gateway.server().underWay() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.json",
                "/docs",
                "/metrics",
                "/v1/limits/database/leases?size=1000",
                "/api/admin/settings",
                "/no-such-route",
                "/v1/limits?size=wrong"
            })
    void neverReadTheirAnswers(String path) throws IOException {
        // given
        IntStream.range(0, 40)
                .forEach(
                        i -> gateway.post("/v1/limits/database/leases", "{\"holder\": \"" + "x".repeat(1_000) + "\"}"));
        gateway.showMetrics("limits_of_many_partitions 1\n".repeat(2_000));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

        // when
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }
        for (int round = 0; round < ROUNDS; round++) {
            sendAll(request.repeat(20));
        }

        // then
        bystander.awaitRenewals(RENEWALS);
    }

    @Test
    void readATrickleOfTheirAnswers() throws IOException {
        // given
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }
        sendAll("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));

        // when
        for (int round = 0; round < RENEWALS; round++) {
            for (SocketChannel client : hostile) {
                client.read(ByteBuffer.allocate(100));
            }
            bystander.awaitRenewals(1);
        }

        // then
        assertThat(hostile).allMatch(SocketChannel::isOpen);
    }

    @Test
    void neverReadTheirEventStreams() throws IOException {
        // given
        openEventStreams();

        // when
        for (int round = 0; round < 4 * ROUNDS; round++) {
            happen();
        }

        // then
        bystander.awaitRenewals(RENEWALS);
    }

    @Test
    void readATrickleOfTheirEventStreams() throws IOException {
        // given
        openEventStreams();

        // when
        for (int round = 0; round < RENEWALS; round++) {
            happen();
            for (SocketChannel client : hostile) {
                client.read(ByteBuffer.allocate(100));
            }
            bystander.awaitRenewals(1);
        }

        // then
        assertThat(gateway.streams().open()).isEqualTo(CONNECTIONS);
    }

    private void openEventStreams() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }
        sendAll("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().until(() -> gateway.streams().open() == CONNECTIONS);
    }

    /** More than the buffers of a connection take. */
    private static void happen() {
        long offset = OFFSETS.getAndIncrement();
        byte[] event = ("{\"padding\":\"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        gateway.events().add(new KeptEvent(0, offset, "database", event));
        gateway.streams().wake();
    }

    @Test
    void askAheadAndReadAsFastAsTheyCan() throws IOException {
        // given
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }

        // when
        for (int round = 0; round < RENEWALS; round++) {
            sendAll("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60));
            drain();
            bystander.awaitRenewals(1);
        }

        // then
        assertThat(hostile).allMatch(SocketChannel::isOpen);
    }

    @Test
    void sendTheirBodiesInPart() throws IOException {
        // given
        for (int i = 0; i < CONNECTIONS; i++) {
            connect();
        }

        // when
        sendAll("PUT /v1/limits/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"limit\"");

        // then
        bystander.awaitRenewals(RENEWALS);
    }

    @Test
    void getTheirAnswersInOrderHoweverLateTheyRead() throws IOException {
        // given
        SocketChannel client = connect();
        int asked = 200;
        String request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        client.configureBlocking(true);
        client.write(ByteBuffer.wrap((request.repeat(asked) + last).getBytes(StandardCharsets.US_ASCII)));
        bystander.awaitRenewals(RENEWALS);

        // when
        byte[] all = client.socket().getInputStream().readAllBytes();

        // then
        String text = new String(all, StandardCharsets.UTF_8);
        assertThat(text.split("HTTP/1.1 200 OK", -1)).hasSize(asked + 2);
        assertThat(text).endsWith("{\"status\":\"up\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /v1/limits/database", "POST /v1/limits/database", "GET /api/v2/concurrency_limits/database"
            })
    void cannotHaveAnotherMethodThanTheyShow(String firstLine) throws IOException {
        // when
        String answer = RawHttp.send(
                gateway.server().port(),
                firstLine
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-HTTP-Method-Override: DELETE\r\n"
                        + "X-HTTP-Method: DELETE\r\nX-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n");

        // then
        assertThat(answer).doesNotStartWith("HTTP/1.1 204");
        assertThat(gateway.get("/v1/limits/database").status()).isEqualTo(200);
    }

    @Test
    void areRefusedBeforeTheySendALargeBodyIfTheyAskFirst() {
        // when
        String answer = RawHttp.send(
                gateway.server().port(),
                String.join(
                        "\r\n",
                        "PUT /v1/limits/a HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Expect: 100-continue",
                        "Content-Length: 1000000",
                        "",
                        ""));

        // then
        assertThat(answer).startsWith("HTTP/1.1 413").contains("65536 bytes");
        bystander.awaitRenewals(RENEWALS);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER_BYTES);
        client.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gateway.server().port()));
        client.configureBlocking(false);
        hostile.add(client);
        return client;
    }

    /** As much as the server takes. */
    private void sendAll(String requests) throws IOException {
        for (SocketChannel client : hostile) {
            ByteBuffer rest = unsent.get(client);
            boolean isSent = rest == null || !rest.hasRemaining();
            ByteBuffer next = isSent ? ByteBuffer.wrap(requests.getBytes(StandardCharsets.US_ASCII)) : rest;
            client.write(next);
            unsent.put(client, next);
        }
    }

    private void drain() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1_024 * 1_024);
        for (SocketChannel client : hostile) {
            client.read(buffer.clear());
        }
    }
}
