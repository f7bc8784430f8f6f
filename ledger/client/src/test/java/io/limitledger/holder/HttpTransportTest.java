package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of asks where no session can be had. */
class HttpTransportTest {
    private static final AcquireRequest REQUEST = AcquireRequest.of(List.of("calls"), 0);

    private final VirtualTimer timer = new VirtualTimer();
    private final AtomicInteger upgrades = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/v1/session", upgrades, 502);
        answer("/v1/limits/calls/leases", requests, 201);
        proxy.start();
    }

    private void answer(String path, AtomicInteger count, int status) {
        proxy.createContext(path, exchange -> {
            count.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    @Test
    void shouldAskByRequestsWhereTheUpgradeIsRefusedAndRememberThatForAWhile() throws Exception {
        // given
        HttpTransport transport = transport(proxy.getAddress().getPort());

        // when
        for (int i = 0; i < 3; i++) {
            acquire(transport).get(20, TimeUnit.SECONDS);
        }

        // then
        assertThat(upgrades).hasValue(1);
        assertThat(requests).hasValue(3);
        assertThat(transport.keepsOrder()).isFalse();
    }

    @Test
    void shouldTryTheUpgradeAgainLater() throws Exception {
        // given
        HttpTransport transport = transport(proxy.getAddress().getPort());
        acquire(transport).get(20, TimeUnit.SECONDS);

        // when
        timer.pass(GatewaySession.REFUSED_MILLIS);
        acquire(transport).get(20, TimeUnit.SECONDS);

        // then
        assertThat(upgrades).hasValue(2);
        assertThat(requests).hasValue(2);
    }

    @Test
    void shouldReleaseFromAGatewayThatDoesNotKnowWhatWasUsed() throws Exception {
        // given
        List<String> asked = new CopyOnWriteArrayList<>();
        proxy.createContext("/v1/leases/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(exchange.getRequestMethod() + " " + query);
            byte[] body = "{\"type\": \"/problems/invalid-request\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(query == null ? 204 : 422, query == null ? -1 : body.length);
            if (query != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        HttpTransport transport = transport(proxy.getAddress().getPort());

        // when
        transport
                .release(REQUEST, LeaseIds.newFor("calls"), Map.of("calls", 3L))
                .get(20, TimeUnit.SECONDS);

        // then
        assertThat(asked).containsExactly("DELETE used=3", "DELETE null");
    }

    @Test
    void shouldFailAsNotSentWithoutAConnection() throws Exception {
        // given
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }

        // when
        CompletableFuture<TransportOutcome> asked = acquire(transport(closedPort));

        // then
        assertThat(asked).failsWithin(20, TimeUnit.SECONDS);
        assertThat(asked.handle((outcome, failure) -> Failures.isUnconnected(failure))
                        .join())
                .isTrue();
        assertThat(requests).hasValue(0);
    }

    private HttpTransport transport(int port) {
        return new HttpTransport(Gateway.at("http://127.0.0.1:" + port), timer);
    }

    private static CompletableFuture<TransportOutcome> acquire(HttpTransport transport) {
        UUID leaseId = LeaseIds.newFor("calls");
        return transport.acquire(REQUEST, leaseId, 0);
    }
}
