package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.wire.LeaseIds;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EventRoutesTest {
    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final AtomicInteger NAMES = new AtomicInteger();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private final String limit = "events-" + NAMES.incrementAndGet();
    private final String other = "others-" + NAMES.get();

    /** Though nothing happens that could be written to them. */
    @AfterEach
    void closedStreamsLeaveTheirPlacesAtOnce() {
        await().until(() -> gateway.streams().open() == 0);
    }

    @Test
    void shouldPageThroughALimitsEvents() {
        // given
        happen(limit, 1);
        happen(other, 1);
        happen(limit, 2);
        happen(limit, 3);

        // when
        Reply first = gateway.get("/v1/limits/" + limit + "/events?size=2");
        Reply second = gateway.get("/v1/limits/" + limit + "/events?size=2&after="
                + first.json().path("next").asText());

        // then
        assertThat(first.json().path("events").findValuesAsText("number")).containsExactly("1", "2");
        assertThat(second.json().path("events").findValuesAsText("number")).containsExactly("3");
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void shouldShowTheLastLifeOfALimit() {
        // given
        happen(limit, 1);
        happen(limit, 2);
        happen(limit, 1);

        // when
        Reply page = gateway.get("/v1/limits/" + limit + "/events");

        // then
        assertThat(page.json().path("events").findValuesAsText("number")).containsExactly("1");
    }

    @Test
    void shouldSayThatOlderEventsAreNotKept() {
        // given
        happen(limit, 7);
        happen(limit, 8);

        // then
        assertThat(gateway.get("/v1/limits/" + limit + "/events").problem()).isEqualTo("events-gone");
        assertThat(gateway.get("/v1/limits/" + limit + "/events?after=6")
                        .json()
                        .path("events")
                        .findValuesAsText("number"))
                .containsExactly("7", "8");
    }

    @Test
    void shouldRefuseWhatIsNoPage() {
        // then
        assertThat(gateway.get("/v1/limits/" + limit + "/events").problem()).isEqualTo("limit-not-found");
        assertThat(gateway.get("/v1/limits/" + limit + "/events?after=-1").problem())
                .isEqualTo("invalid-request");
        assertThat(gateway.get("/v1/events?after=soon").problem()).isEqualTo("invalid-request");
        assertThat(gateway.get("/v1/events?after=1-2").problem()).isEqualTo("events-gone");
    }

    @Test
    void shouldStreamWhatHappensFromNowOn() throws Exception {
        // given
        happen(limit, 1);
        try (Stream stream = open("", "")) {
            stream.awaitText("\n:\n\n");

            // when
            happen(limit, 2);

            // then
            stream.awaitText("\"number\":2");
            assertThat(stream.text())
                    .contains("Content-Type: text/event-stream", "X-Accel-Buffering: no", "Cache-Control: no-store")
                    .containsPattern("\nid: [0-9-]+\ndata: \\{.*\"number\":2.*}\n\n")
                    .doesNotContain("Content-Encoding", "\"number\":1");
        }
    }

    @Test
    void shouldStreamOnlyWhatIsWanted() throws Exception {
        // given
        try (Stream stream = open("?limit=" + limit + "&limit=third", "")) {
            stream.awaitText("\n:\n\n");

            // when
            happen(other, 1);
            happen(limit, 1);

            // then
            stream.awaitText("\"limit\":\"" + limit);
            assertThat(stream.text()).doesNotContain(other);
        }
    }

    @Test
    void shouldGoOnWhereAConnectionBroke() throws Exception {
        // given
        String last;
        try (Stream broken = open("", "")) {
            broken.awaitText("\n:\n\n");
            happen(limit, 1);
            broken.awaitText("\"number\":1");
            last = broken.text().replaceAll("(?s).*\nid: ([0-9-]+)\n.*", "$1");
        }
        happen(limit, 2);

        // when
        try (Stream stream = open("", "Last-Event-ID: " + last + "\r\n")) {
            stream.awaitText("\"number\":2");

            // then
            assertThat(stream.text()).doesNotContain("\"number\":1");
        }
    }

    @Test
    void shouldGiveThePlaceOfAClosedStreamToTheNext() throws Exception {
        // given
        try (Stream closed = open("", "")) {
            closed.awaitText("\n:\n\n");
        }

        // when
        await().until(() -> gateway.streams().open() == 0);

        // then
        try (Stream next = open("", "")) {
            next.awaitText("\n:\n\n");
            assertThat(gateway.streams().open()).isEqualTo(1);
        }
    }

    @Test
    void shouldGiveOneClientHalfOfTheStreams() throws Exception {
        // given
        List<Stream> streams = new ArrayList<>();
        try {
            for (int i = gateway.streams().open(); i < EventStreams.MOST_STREAMS / 2; i++) {
                streams.add(open("", ""));
                streams.get(streams.size() - 1).awaitText("\n:\n\n");
            }

            // when
            Reply refused = gateway.get("/v1/events");

            // then
            assertThat(refused.problem()).isEqualTo("client-busy");
            assertThat(refused.json().path("detail").asText()).contains("50 streams of events");
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
    }

    /** This stream is not read; other clients must not notice, and the gateway must not keep its events. */
    @Test
    void shouldCutAReaderThatIsTooSlow() throws Exception {
        // given
        try (Stream slow = open("?limit=" + limit, "")) {
            slow.awaitText("\n:\n\n");
            int before = gateway.streams().open();

            // when: more than the tail and all buffers on the way hold together
            for (int number = 1; number <= 400; number++) {
                gateway.events().add(event(limit, number, "x".repeat(100_000)));
                gateway.streams().wake();
            }

            // then
            slow.awaitText(": Expected a faster reader");
            await().until(() -> gateway.streams().open() < before);
        }
    }

    private static void happen(String limit, long number) {
        gateway.events().add(event(limit, number, ""));
        gateway.streams().wake();
    }

    private static KeptEvent event(String limit, long number, String padding) {
        String json = "{\"type\":\"LimitDenied\",\"limit\":\"" + limit + "\",\"number\":" + number
                + ",\"at\":\"2026-11-20T10:15:00.250Z\",\"rules\":1,\"offset\":17,\"fact\":{\"padding\":\"" + padding
                + "\"}}";
        return new KeptEvent(
                LeaseIds.partition(limit, gateway.events().partitions()),
                OFFSETS.getAndIncrement(),
                limit,
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** In the old version, which does not cut the body into chunks. */
    private static Stream open(String query, String headers) throws Exception {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.server().port());
        socket.getOutputStream()
                .write(("GET /v1/events" + query + " HTTP/1.0\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n" + headers
                                + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new Stream(socket, new StringBuilder());
    }

    /** A connection that is read only while a test waits for input. */
    private record Stream(Socket socket, StringBuilder read) implements AutoCloseable {
        void awaitText(String expected) throws Exception {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[65_536];
            while (read.indexOf(expected, Math.max(0, read.length() - 2 * buffer.length)) < 0) {
                int count = in.read(buffer);
                assertThat(count)
                        .describedAs("end of stream before %s", expected)
                        .isPositive();
                read.append(new String(buffer, 0, count, StandardCharsets.UTF_8).replace("\r\n", "\n"));
            }
        }

        String text() {
            return read.toString();
        }

        @Override
        public void close() throws Exception {
            socket.close();
        }
    }
}
