package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than a process has descriptors or heap for, while a living holder renews its lease. */
@Tag("faults")
@Timeout(240)
class HostileLoadTest {
    private static final String LEASE = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final int BATCH = 64;
    /** More than are kept free of few descriptors. */
    private static final int BURST = 200;

    private static final int STREAMS = 100;
    private static final int WAITERS = 2_500;

    /** Few enough to be let in: each is two commands. */
    private static final int WAITERS_AT_ONCE = 500;

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(ints = {384, 1_024})
    void silentConnectionsLeaveDescriptorsToTheBroker(int descriptors) throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (Server server = Server.start(data, descriptors, 512)) {
            // given
            hold(server);

            // when
            for (int i = 0; i < 3 * descriptors; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                if (i % BURST == 0) {
                    assertThat(renew(server)).isEqualTo(200);
                }
            }

            // then
            assertThat(renew(server)).isEqualTo(200);
            assertThat(server.isAlive()).isTrue();
            assertThat(server.output()).doesNotContain("Too many open files");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** With many who watch, and holders of the longest description. */
    @Test
    void moreLeasesThanFitAreRefusedAndTheOthersRenewed() throws Exception {
        List<Socket> watching = new ArrayList<>();
        try (Server server = Server.start(data, 1_024, 128)) {
            // given
            hold(server);
            for (int i = 0; i < STREAMS; i++) {
                watching.add(watch(server));
            }
            String holder = "{\"leaseSeconds\": 600, \"holder\": \"" + "x".repeat(1_900) + "\"}";

            // when
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                assertThat(renew(server)).isEqualTo(200);
                return acquire(server, holder).contains(503);
            });

            // then
            assertThat(renew(server)).isEqualTo(200);
            assertThat(server.isAlive()).isTrue();
        } finally {
            for (Socket socket : watching) {
                socket.close();
            }
        }
    }

    @Test
    void manyThatHangUpAtOnceKeepNoOneFromAsking() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (Server server = Server.start(data, 8_192, 512)) {
            // given
            hold(server);
            server.send("PUT", "/v1/limits/files", "{\"limit\": 1}");
            server.send("POST", "/v1/limits/files/leases", "{\"leaseSeconds\": 600}");
            while (waiting.size() < WAITERS) {
                for (int i = 0; i < WAITERS_AT_ONCE; i++) {
                    waiting.add(waitForTwo(server));
                }
                await().atMost(Duration.ofMinutes(1)).until(() -> waiters(server) == waiting.size());
            }

            // when
            for (Socket socket : waiting) {
                socket.close();
            }

            // then
            for (int i = 0; i < 20; i++) {
                assertThat(renew(server)).isEqualTo(200);
                assertThat(server.send("PUT", "/v1/limits/other-" + i, "{\"limit\": 1}")
                                .statusCode())
                        .isEqualTo(201);
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> waiters(server) == 0);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static int waiters(Server server) throws Exception {
        return server.get("/v1/limits/files").path("waiting").asInt();
    }

    private static Socket waitForTwo(Server server) throws IOException {
        String body = "{\"limits\": [\"database\", \"files\"], \"waitSeconds\": 120}";
        return open(
                server, "POST /v1/leases HTTP/1.1", "Host: localhost", "Content-Length: " + body.length(), "", body);
    }

    /** Never reads what it is sent. */
    private static Socket watch(Server server) throws IOException {
        return open(server, "GET /v1/events HTTP/1.1", "Host: localhost", "Accept: text/event-stream", "", "");
    }

    private static Socket open(Server server, String... request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static List<Integer> acquire(Server server, String body) {
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, BATCH)
                .mapToObj(i -> server.sendAsync("POST", "/v1/limits/database/leases", body))
                .toList();
        return asked.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private static void hold(Server server) throws Exception {
        server.send("PUT", "/v1/limits/database", "{\"limit\": 1000000}");
        server.send("POST", "/v1/limits/database/leases", "{\"leaseId\": \"" + LEASE + "\", \"leaseSeconds\": 30}");
    }

    private static int renew(Server server) throws Exception {
        return server.send("POST", "/v1/leases/" + LEASE + "/renew", "{}").statusCode();
    }
}
