package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
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

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(ints = {320, 1_024})
    void silentConnectionsLeaveDescriptorsToTheBroker(int descriptors) throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (Server server = Server.start(data, descriptors, 512)) {
            // given
            hold(server);

            // when
            for (int i = 0; i < 2 * descriptors; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                if (i % 50 == 0) {
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

    @Test
    void moreLeasesThanFitAreRefusedAndTheOthersRenewed() throws Exception {
        try (Server server = Server.start(data, 1_024, 128)) {
            // given
            hold(server);
            String holder = "{\"leaseSeconds\": 600, \"holder\": \"" + "x".repeat(1_900) + "\"}";

            // when
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> acquire(server, holder).contains(503));

            // then
            assertThat(renew(server)).isEqualTo(200);
            assertThat(server.isAlive()).isTrue();
        }
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
