package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients of sessions that mean harm, or are broken: they end, and all others are served meanwhile. */
@Timeout(60)
class SessionAttackTest {
    private static final int TEXT = 0x81;
    private static final long FAR_TOO_MUCH = 100_000_000;
    private static final int STUCK_MILLIS = 2_000;
    private static final String ASK =
            "{\"id\": 1, \"acquire\": {\"limit\": \"printer\", \"leaseId\": null, \"slots\": 1e99}}";

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private SocketChannel client;

    @BeforeEach
    void connect() throws IOException {
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        client = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), gateway.server().port()));
        send("""
                GET /v1/session HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = "";
        while (!answer.endsWith("\r\n\r\n")) {
            answer += (char) read();
        }
        assertThat(answer).startsWith("HTTP/1.1 101 ");
    }

    @AfterEach
    void othersAreServed() throws IOException {
        client.close();
        try (SessionClient other = SessionClient.connect(gateway.server().port())) {
            other.send("{\"id\": 1, \"acquire\": {\"limit\": \"printer\"}}");
            assertThat(other.next().path("status").asInt()).isEqualTo(201);
        }
    }

    @RepeatedTest(20)
    void anyBytesEndTheirConnectionOnly(RepetitionInfo repetition) throws IOException {
        // given
        byte[] bytes = new byte[4_000];
        new Random(repetition.getCurrentRepetition()).nextBytes(bytes);

        // when
        send(bytes);

        // then
        client.shutdownOutput();
        while (read() >= 0) {}
    }

    /** A frame of exabytes is refused by its head. */
    @Test
    void aGiantFrameIsRefused() throws IOException {
        // when
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) TEXT).put((byte) (0x80 | 127));
        send(head.putLong(Long.MAX_VALUE).putInt(0).array());

        // then
        while (read() >= 0) {}
    }

    @RepeatedTest(20)
    void brokenAsksAreAnswered(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        String broken = IntStream.range(0, 50)
                .mapToObj(i -> mutated(random))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));

        // when
        try (SessionClient fuzzing = SessionClient.connect(gateway.server().port())) {
            fuzzing.send(broken, "{\"id\": \"last\", \"renew\": {}}");

            // then
            JsonNode answer = fuzzing.next();
            while (!answer.path("id").asText().equals("last")) {
                assertThat(answer.path("status").asInt()).isBetween(200, 499);
                answer = fuzzing.next();
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder line = new StringBuilder(ASK);
        for (int i = 0; i <= random.nextInt(4); i++) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(3)) {
                case 0 -> line.deleteCharAt(at);
                case 1 -> line.setCharAt(at, (char) (' ' + random.nextInt(95)));
                default -> line.insert(at, line.substring(0, random.nextInt(line.length())));
            }
        }
        return line.toString();
    }

    /** It asks on and reads nothing: the server reads no further, long before its memory is full. */
    @Test
    void aClientThatReadsNothingIsReadNoFurther() throws Exception {
        // given
        client.configureBlocking(false);
        ByteBuffer message = frame(IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"id\": " + i + ", \"nonsense\": {}}")
                .collect(Collectors.joining("\n")));

        // when
        long sent = 0;
        try (Selector writable = Selector.open()) {
            client.register(writable, SelectionKey.OP_WRITE);
            while (sent < FAR_TOO_MUCH && writable.select(STUCK_MILLIS) > 0) {
                writable.selectedKeys().clear();
                sent += client.write(message);
                if (!message.hasRemaining()) {
                    message.rewind();
                }
            }
        }

        // then
        assertThat(sent).isLessThan(FAR_TOO_MUCH);
    }

    private static ByteBuffer frame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // With a mask of zeros.
        return ByteBuffer.allocate(bytes.length + 8)
                .put((byte) TEXT)
                .put((byte) (0x80 | 126))
                .putShort((short) bytes.length)
                .putInt(0)
                .put(bytes)
                .flip();
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            client.write(left);
        }
    }

    private int read() {
        try {
            return client.socket().getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }
}
