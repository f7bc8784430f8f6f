package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.RawHttp;
import io.limitledger.gateway.http.RouteGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More connections than there may be. */
class ConnectionBoundTest {
    private static final int MOST = 20;
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Two of the many addresses of a loopback. */
    private static final String GREEDY = "127.0.0.1";

    private static final String OTHER = "127.0.0.2";

    private final List<Socket> silent = new ArrayList<>();
    private final CompletableFuture<HttpAnswer> later = new CompletableFuture<>();
    private GatewayServer server;

    @BeforeEach
    void start() {
        RouteGroup routes = added -> {
            added.get(
                    "/now", Need.PUBLIC, request -> HttpAnswer.json(200, "now").now());
            added.get("/later", Need.PUBLIC, request -> later);
            added.post("/v1/leases", Need.PUBLIC, request -> later);
        };
        server = GatewayServer.start(
                new JettySetup(new HttpAddress(HttpAddress.DEFAULT_HOST, 0), MOST),
                HttpObserver.NONE,
                Gatekeeper.OPEN,
                List.of(routes));
    }

    @AfterEach
    void stop() throws IOException {
        later.complete(HttpAnswer.noContent());
        for (Socket socket : silent) {
            socket.close();
        }
        server.close();
    }

    @Test
    void silentOnesMakeRoomForOthers() throws IOException {
        // given
        for (int i = 0; i < 5 * MOST; i++) {
            silent.add(connect());
        }

        // when
        String answer = RawHttp.get(server.port(), "/now");

        // then
        assertThat(answer).startsWith("HTTP/1.1 200");
    }

    @Test
    void thoseThatWaitAreKept() throws IOException {
        // given
        Socket waiting = connect();
        silent.add(waiting);
        waiting.getOutputStream()
                .write("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> server.underWay() == 1);
        for (int i = 0; i < 5 * MOST; i++) {
            silent.add(connect());
        }

        // when
        later.complete(HttpAnswer.json(200, "at last"));

        // then
        byte[] start = waiting.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void aQuarterIsLeftToThoseThatDoNotWait() throws IOException {
        // given
        String acquire = "POST /v1/leases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        for (int i = 0; i < MOST * 3 / 4; i++) {
            Socket waiting = connect("127.0.1." + i);
            silent.add(waiting);
            waiting.getOutputStream().write(acquire.getBytes(StandardCharsets.US_ASCII));
        }
        await().until(() -> server.underWay() == MOST * 3 / 4);

        // when
        String refused = RawHttp.send(server.port(), acquire);
        String answered = RawHttp.get(server.port(), "/now");

        // then
        assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "wait for slots");
        assertThat(answered).startsWith("HTTP/1.1 200");
    }

    @Test
    void aClientHasHalfOfThePlacesToWaitInAndOthersHaveTheRest() throws IOException {
        // given
        String acquire = "POST /v1/leases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        int half = (MOST * 3 / 4 + 1) / 2;
        for (int i = 0; i < half; i++) {
            waitFor(acquire, GREEDY);
        }
        await().until(() -> server.underWay() == half);

        // when
        Socket refused = waitFor(acquire, GREEDY);

        // then
        assertThat(status(refused)).isEqualTo("HTTP/1.1 429");
        Socket other = waitFor(acquire, OTHER);
        await().until(() -> server.underWay() == half + 1);
        later.complete(HttpAnswer.noContent());
        assertThat(status(other)).isEqualTo("HTTP/1.1 204");
    }

    @Test
    void aGreedyClientMakesRoomAmongItsOwn() throws IOException {
        // given
        Socket other = connect(OTHER);
        silent.add(other);
        assertThat(RawHttp.get(server.port(), "/now")).startsWith("HTTP/1.1 200");

        // when
        for (int i = 0; i < 5 * MOST; i++) {
            silent.add(connect(GREEDY));
        }

        // then
        other.getOutputStream()
                .write("GET /now HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(status(other)).isEqualTo("HTTP/1.1 200");
    }

    private Socket waitFor(String request, String from) throws IOException {
        Socket socket = connect(from);
        silent.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return new String(start, StandardCharsets.US_ASCII);
    }

    private Socket connect() throws IOException {
        return connect(GREEDY);
    }

    private Socket connect(String from) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.port(), InetAddress.getAllByName(from)[0], 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }
}
