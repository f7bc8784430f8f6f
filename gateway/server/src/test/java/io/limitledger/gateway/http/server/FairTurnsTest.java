package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.RouteGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that asks for more at once than can be handled keeps no other client from its turn. */
@Timeout(60)
class FairTurnsTest {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int GREEDY = 40;

    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private GatewayServer server;

    @BeforeEach
    void start() {
        RouteGroup routes = added -> {
            added.get("/slow", Need.PUBLIC, request -> slow());
            added.get(
                    "/now", Need.PUBLIC, request -> HttpAnswer.json(200, "now").now());
        };
        server = GatewayServer.start(new HttpAddress(HttpAddress.DEFAULT_HOST, 0), HttpObserver.NONE, List.of(routes));
    }

    private CompletableFuture<HttpAnswer> slow() {
        begun.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HttpAnswer.json(200, "slow").now();
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void shouldLetAnotherClientPass() throws Exception {
        // given
        for (int i = 0; i < GREEDY; i++) {
            ask("127.0.0.1", "/slow");
        }
        await().until(() -> begun.get() > 0 && server.underWay() == GREEDY);

        // when
        Socket other = ask("127.0.0.2", "/now");

        // then
        assertThat(status(other)).isEqualTo("HTTP/1.1 200");
        assertThat(begun.get()).isLessThan(GREEDY);
    }

    @Test
    void shouldAnswerAllInTheEnd() throws Exception {
        // given
        for (int i = 0; i < GREEDY; i++) {
            ask("127.0.0.1", "/slow");
            ask("127.0.0.2", "/slow");
        }
        await().until(() -> server.underWay() == 2 * GREEDY);

        // when
        release.countDown();

        // then
        for (Socket socket : sockets) {
            assertThat(status(socket)).isEqualTo("HTTP/1.1 200");
        }
    }

    private Socket ask(String from, String path) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.port(), InetAddress.getAllByName(from)[0], 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        sockets.add(socket);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return new String(start, StandardCharsets.US_ASCII);
    }
}
