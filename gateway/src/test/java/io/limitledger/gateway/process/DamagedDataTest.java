package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Verification;
import io.limitledger.gateway.Limits;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.LeaseIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every topic and every file of the embedded broker, damaged in ten ways while nothing runs, then started: either as if
 * nothing had been, or a sentence and no decision. Where the sentence says so, a restore brings back the state before, and
 * the audit finds nothing.
 */
@Tag("faults")
@Timeout(600)
class DamagedDataTest {
    private static final String LIMIT = "limit-1";
    private static final int PARTITION = LeaseIds.partition(LIMIT, LedgerTopics.DEFAULT_COMMAND_PARTITIONS);
    private static final List<String> TARGETS = List.of(
            "limits.events-" + PARTITION,
            "limits.commands-" + PARTITION,
            "limit-ledger-state-changelog-" + PARTITION,
            "limits.replies-0",
            "limits.rejected-0",
            "__consumer_offsets-0",
            "__transaction_state-0",
            "__cluster_metadata-0",
            "meta.properties",
            "bootstrap.checkpoint",
            "recovery-point-offset-checkpoint",
            "log-start-offset-checkpoint",
            "replication-offset-checkpoint",
            "cleaner-offset-checkpoint",
            "../ledger/instance-id");

    @TempDir
    private static Path whole;

    private static Map<String, String> before = Map.of();

    /** What is done to a file, or to the newest segment of a partition. */
    private enum Way {
        REMOVED,
        EMPTIED,
        HALVED,
        LAST_BYTE_GONE,
        FIRST_BYTE_FLIPPED,
        MIDDLE_FLIPPED,
        LAST_BYTE_FLIPPED,
        ZEROED,
        GARBAGE_BEHIND,
        OLD_COPY
    }

    static Stream<Arguments> damages() {
        return TARGETS.stream().flatMap(target -> Stream.of(Way.values()).map(way -> Arguments.of(target, way)));
    }

    @BeforeAll
    static void decideSomething(@TempDir Path early) throws Exception {
        try (Server server = Server.start(whole)) {
            for (int number = 0; number < 8; number++) {
                hold(server, number);
            }
            server.stop();
        }
        copy(whole, early);
        try (Server server = Server.start(whole)) {
            for (int number = 8; number < 16; number++) {
                hold(server, number);
            }
            hold(server, 1);
            before = limits(server);
            server.stop();
        }
        copy(early.resolve("kafka"), whole.resolve("early"));
    }

    private static void hold(Server server, int number) throws Exception {
        server.send("PUT", "/v1/limits/limit-" + number, "{\"limit\": 5}");
        server.send("POST", "/v1/limits/limit-" + number + "/leases", "{\"slots\": 1, \"leaseSeconds\": 86400}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("damages")
    void shouldStartAsIfNothingHadBeenOrSayWhatIsDamaged(String target, Way way, @TempDir Path parent)
            throws Exception {
        Path data = parent.resolve("data");
        copy(whole, data);
        damage(data, target, way);
        Outcome outcome = start(data);
        if (outcome.isNotReady()) {
            assertThat(outcome.sentence()).contains("topic ", "partition ", "limits restore");
            outcome.end();
            assertThat(run(data, "restore")).as("restore").contains("restored");
            outcome = start(data);
        }
        if (outcome.isReady()) {
            assertThat(outcome.limits()).isEqualTo(before);
            assertThat(outcome.findings()).isEmpty();
        } else {
            assertThat(outcome.sentence()).matches("(?s).*(The file|Expected).*");
        }
        outcome.end();
    }

    /** A server that has come to one of three ends: it is ready, it is not and says why, or it has stopped. */
    private record Outcome(Process process, List<String> output) {
        boolean isReady() {
            return output.stream().anyMatch(line -> line.contains("Ctrl-C stops it"));
        }

        boolean isNotReady() {
            return output.stream().anyMatch(line -> line.contains("not ready: "));
        }

        String sentence() {
            return String.join("\n", output);
        }

        Map<String, String> limits() throws Exception {
            return DamagedDataTest.limits(Server.of(process, output));
        }

        List<?> findings() {
            String servers = output.stream()
                    .filter(line -> line.contains("the broker listens on "))
                    .map(line -> line.replaceFirst(".*listens on ", ""))
                    .findFirst()
                    .orElseThrow();
            try (KafkaAuditedLog log = new KafkaAuditedLog(
                    Map.of("bootstrap.servers", servers), LedgerTopics.DEFAULT_COMMAND_PARTITIONS)) {
                return new Verification(log, List.of(), (events, share) -> {})
                        .run()
                        .findings()
                        .all();
            }
        }

        void end() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static Outcome start(Path data) throws IOException {
        Process process = limitsProcess(List.of("serve", "--port", "0", "--data-dir", data.toString()));
        List<String> output = new ArrayList<>();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.add(line);
            if (line.contains("Ctrl-C stops it") || line.contains("not ready: ")) {
                break;
            }
        }
        return new Outcome(process, output);
    }

    private static String run(Path data, String command) throws Exception {
        Process process = limitsProcess(List.of(command, "--data-dir", data.toString()));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static Process limitsProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Limits.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Name and number of the last event of each limit, and how much of it is occupied. */
    private static Map<String, String> limits(Server server) throws Exception {
        Map<String, String> limits = new TreeMap<>();
        server.get("/v1/limits?size=100")
                .get("limits")
                .forEach(limit ->
                        limits.put(limit.get("name").asText(), limit.get("occupied") + " of " + limit.get("limit")));
        return limits;
    }

    private static void damage(Path data, String target, Way way) throws IOException {
        Path path = data.resolve("kafka").resolve(target).normalize();
        Path early = data.resolve("early").resolve(target).normalize();
        if (way == Way.REMOVED || way == Way.OLD_COPY) {
            delete(path);
            if (way == Way.OLD_COPY && Files.exists(early)) {
                copy(early, path);
            }
            return;
        }
        Path file = Files.isDirectory(path) ? newestSegment(path) : path;
        if (!Files.exists(file)) {
            return;
        }
        damage(file, way);
    }

    private static void damage(Path file, Way way) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            switch (way) {
                case EMPTIED -> channel.truncate(0);
                case HALVED -> channel.truncate(size / 2);
                case LAST_BYTE_GONE -> channel.truncate(Math.max(0, size - 1));
                case FIRST_BYTE_FLIPPED -> flip(channel, 0);
                case MIDDLE_FLIPPED -> flip(channel, size / 2);
                case LAST_BYTE_FLIPPED -> flip(channel, size - 1);
                case ZEROED -> channel.write(ByteBuffer.allocate((int) size), 0);
                case GARBAGE_BEHIND -> channel.write(ByteBuffer.wrap(garbage()), size);
                case REMOVED, OLD_COPY -> throw new IllegalArgumentException("Done to whole folders");
            }
        }
    }

    private static void flip(FileChannel channel, long place) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        if (channel.read(one, place) == 1) {
            one.put(0, (byte) ~one.get(0)).flip();
            channel.write(one, place);
        }
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[300];
        Arrays.fill(garbage, (byte) 'x');
        return garbage;
    }

    private static Path newestSegment(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = from.equals(file)
                        ? to
                        : to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
