package io.limitledger.gateway.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The socket for events. */
@Tag("broker")
class EventsSocketTest {
    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void authenticatesAndTakesEvents() throws InterruptedException {
        // given
        Client client = Client.connect(server.port(), "/api/events/in", "prefect");

        // when
        client.send("{\"type\":\"auth\",\"token\":null}");
        client.send("{\"event\":\"prefect.concurrency-limit.acquired\",\"payload\":{}}");

        // then
        assertThat(client.next()).isEqualTo("{\"type\":\"auth_success\"}");
        assertThat(client.protocol()).isEqualTo("prefect");
        client.ping();
        assertThat(client.next()).isEqualTo("pong");
    }

    @Test
    void choosesItsProtocolAmongThoseThatAreOffered() throws InterruptedException {
        // when
        Client client = Client.connect(server.port(), "/api/events/in", "other", "prefect");

        // then
        assertThat(client.protocol()).isEqualTo("prefect");
        client.send("{\"type\":\"auth\",\"token\":null}");
        assertThat(client.next()).isEqualTo("{\"type\":\"auth_success\"}");
    }

    @Test
    void choosesNoProtocolThatItDoesNotSpeak() throws InterruptedException {
        // when
        Client client = Client.connect(server.port(), "/api/events/in", "other");

        // then
        assertThat(client.protocol()).isEmpty();
        client.ping();
        assertThat(client.next()).isEqualTo("pong");
    }

    @Test
    void isThereForWorkspacesToo() throws InterruptedException {
        // given
        Client client = Client.connect(server.port(), "/api/accounts/a/workspaces/w/events/in", "prefect");

        // when
        client.send("{\"type\":\"auth\",\"token\":\"secret\"}");

        // then
        assertThat(client.next()).isEqualTo("{\"type\":\"auth_success\"}");
    }

    @Test
    void anythingButAuthenticationFirstEndsIt() throws InterruptedException {
        // given
        Client client = Client.connect(server.port(), "/api/events/in", "prefect");

        // when
        client.send("{\"event\":\"prefect.concurrency-limit.acquired\"}");

        // then
        assertThat(client.next()).isEqualTo("closed 1008 Expected 'auth' message");
    }

    @Test
    void withoutTheProtocolNoClientMustAuthenticate() throws InterruptedException {
        // given
        Client client = Client.connect(server.port(), "/api/events/in");

        // when
        client.send("{\"event\":\"prefect.concurrency-limit.acquired\"}");

        // then
        client.ping();
        assertThat(client.next()).isEqualTo("pong");
    }

    @Test
    void withoutAnUpgradeItIsNoRoute() {
        // when
        int status = server.get("/api/events/in").status();

        // then
        assertThat(status).isIn(403, 404);
    }

    /** A client that notes what comes. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private WebSocket socket;

        static Client connect(int port, String path, String... protocols) {
            Client client = new Client();
            WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
            if (protocols.length > 0) {
                builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
            }
            client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
                    .join();
            return client;
        }

        void send(String frame) {
            socket.sendText(frame, true).join();
        }

        void ping() {
            socket.sendPing(java.nio.ByteBuffer.allocate(0)).join();
        }

        String protocol() {
            return socket.getSubprotocol();
        }

        String next() throws InterruptedException {
            return received.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence frame, boolean last) {
            received.add(frame.toString());
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, java.nio.ByteBuffer frame) {
            received.add("pong");
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            received.add("closed " + code + " " + reason);
            return null;
        }
    }
}
