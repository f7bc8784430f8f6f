package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.RouteGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowHeadersTest {
    private static final Duration LONGEST = Duration.ofMillis(400);
    private static final int MOST = 20;

    private final CompletableFuture<HttpAnswer> later = new CompletableFuture<>();
    private GatewayServer server;

    @BeforeEach
    void start() {
        RouteGroup routes = added -> added.get("/later", Need.PUBLIC, request -> later);
        HttpAddress address = new HttpAddress(HttpAddress.DEFAULT_HOST, 0);
        server = GatewayServer.start(
                new JettySetup(address, MOST, LONGEST), HttpObserver.NONE, Gatekeeper.OPEN, List.of(routes));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void closesAConnectionThatSendsItsHeadByteByByte() throws Exception {
        // given
        try (Socket slow = connect()) {
            // when
            await().atMost(Duration.ofSeconds(20)).until(() -> isClosedAfterAnotherByte(slow));

            // then
            assertThat(slow.isConnected()).isTrue();
        }
    }

    @Test
    void keepsOneThatWaitsForItsAnswer() throws Exception {
        // given
        try (Socket waiting = connect()) {
            waiting.getOutputStream()
                    .write("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (Socket slow = connect()) {
                await().atMost(Duration.ofSeconds(20)).until(() -> isClosedAfterAnotherByte(slow));
            }

            // when
            later.complete(HttpAnswer.json(200, "at last"));

            // then
            byte[] start = waiting.getInputStream().readNBytes("HTTP/1.1 200".length());
            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        }
    }

    private static boolean isClosedAfterAnotherByte(Socket slow) {
        try {
            slow.getOutputStream().write('G');
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
