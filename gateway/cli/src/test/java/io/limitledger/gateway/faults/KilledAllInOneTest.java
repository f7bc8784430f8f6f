package io.limitledger.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.cli.LimitsCommand;
import io.limitledger.gateway.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and restarts {@code limits serve} repeatedly, while all cores of the machine are busy and the broker's offsets
 * topic is so large that its coordinator takes long to load. {@code faults.kills} sets the number of kills, {@code
 * faults.seed} their times.
 */
@Tag("faults")
class KilledAllInOneTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 5);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    /** The process's own start timeout; on an idle machine a start takes a twentieth of it. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** The number of consumer groups. All are different, so that compaction removes none of them. */
    private static final int GROUPS = 600;

    private static final int LEAST_OFFSETS_BYTES = 6_000_000;

    /** The longest metadata that a broker accepts with an offset. */
    private static final String METADATA = "x".repeat(4_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(SEED);
    private int httpPort;
    private int kafkaPort;

    @Test
    void shouldBeReadyInTimeAfterEachKill() throws Exception {
        System.out.printf("%d kills, seed %d; output in %s%n", KILLS, SEED, directory);
        httpPort = freePort();
        kafkaPort = freePort();
        List<Long> millis = new ArrayList<>();
        try (Node server = server()) {
            // given
            server.start();
            awaitReady();
            send("PUT", "/v1/limits/a", "{\"limit\": 1000000}");
            fillOffsets();
            try (BusyCores cores = BusyCores.start()) {
                // when
                for (int kill = 1; kill <= KILLS; kill++) {
                    acquireSome();
                    server.kill();
                    long startedNanos = System.nanoTime();
                    server.start();
                    awaitReady();
                    millis.add((System.nanoTime() - startedNanos) / 1_000_000);
                    System.out.printf(
                            "%d of %d: ready after %d ms, offsets %d bytes%n",
                            kill, KILLS, millis.get(kill - 1), offsetsBytes());
                }
            }
            // then
            millis.sort(null);
            System.out.printf(
                    "%d kills, each ready; worst %.1f s, median %.1f s; offsets topic %.1f MB; %d cores busy%n",
                    millis.size(),
                    millis.get(millis.size() - 1) / 1e3,
                    millis.get(millis.size() / 2) / 1e3,
                    offsetsBytes() / 1e6,
                    Runtime.getRuntime().availableProcessors());
            assertThat(Files.readString(directory.resolve("serve.log"))).doesNotContain("out of sync");
            audit();
        }
    }

    private Node server() throws IOException {
        return new Node(
                "serve",
                directory,
                "-Xmx512m",
                Main.class,
                List.of(
                        "serve",
                        "--data-dir",
                        directory.resolve("data").toString(),
                        "--port",
                        Integer.toString(httpPort),
                        "--kafka-port",
                        Integer.toString(kafkaPort)));
    }

    private void awaitReady() {
        await().atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> send("GET", "/readyz", "").statusCode() == 200);
    }

    private void acquireSome() throws Exception {
        for (int requests = random.nextInt(40); requests > 0; requests--) {
            assertThat(send("POST", "/v1/limits/a/leases", "{\"leaseSeconds\": 600}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private void fillOffsets() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort))) {
            for (int partition = 0; partition < 4; partition++) {
                Map<TopicPartition, OffsetAndMetadata> position =
                        Map.of(new TopicPartition("limits.commands", partition), new OffsetAndMetadata(0, METADATA));
                List<KafkaFuture<Void>> committed = new ArrayList<>();
                for (int group = 0; group < GROUPS; group++) {
                    committed.add(admin.alterConsumerGroupOffsets("filler-" + group, position)
                            .all());
                }
                KafkaFuture.allOf(committed.toArray(KafkaFuture[]::new)).get();
            }
        }
        assertThat(offsetsBytes()).isGreaterThan(LEAST_OFFSETS_BYTES);
    }

    private long offsetsBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/kafka/__consumer_offsets-0"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void audit() {
        int exitCode = LimitsCommand.run("audit", "verify", "--bootstrap-servers", "127.0.0.1:" + kafkaPort);
        assertThat(exitCode)
                .as("exit code of the audit, whose findings are printed above")
                .isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
