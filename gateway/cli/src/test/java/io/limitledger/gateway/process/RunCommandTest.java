package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code run} as a shell meets it. */
@Timeout(120)
@Tag("broker")
class RunCommandTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path data;

    private static Server server;

    @TempDir
    private Path directory;

    private final String limit = "limit-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(data);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void passesStreamsArgumentsAndTheExitCode() throws Exception {
        // given
        put(1);

        // when
        try (LimitsRun run = run(
                        "--limit",
                        limit,
                        "sh",
                        "-c",
                        "read line; echo \"$line $1 $2 ${#LIMITS_LEASE_ID}\"; echo oops >&2; exit 3",
                        "sh",
                        "@file",
                        "--limit")
                .type("hello\n")) {
            // then
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).isEqualTo("hello @file --limit 36\n");
            assertThat(run.err()).isEqualTo("oops\n");
        }
        assertThat(leases()).isZero();
    }

    @Test
    void givesTheProgramItsKeyAndAFenceThatRises() throws Exception {
        // given
        put(1);
        String show = "echo ${LIMITS_KEY-none} $LIMITS_FENCE";
        String first;
        try (LimitsRun run = run("--limit", limit, "--key", "customer-42", "--priority", "30", "sh", "-c", show)) {
            assertThat(run.exitCode()).isZero();
            first = run.out();
        }

        // when
        try (LimitsRun run = run("--limit", limit, "sh", "-c", show)) {
            // then
            assertThat(run.exitCode()).isZero();
            assertThat(first).matches("customer-42 [0-9]+\n");
            assertThat(run.out()).matches("none [0-9]+\n");
            assertThat(fence(run.out())).isGreaterThan(fence(first));
        }
    }

    private static long fence(String out) {
        return Long.parseLong(out.substring(out.indexOf(' ') + 1).strip());
    }

    @Test
    void holdsWhileTheProgramRunsAndHandsOver() throws Exception {
        // given
        put(1);
        try (LimitsRun first = run("--limit", limit, "--lease", "3s", "--", "sh", "-c", untilThereIs("done"))) {
            awaitLeases(1);
            assertThat(server.get("/v1/limits/" + limit + "/leases")
                            .at("/leases/0/holder")
                            .asText())
                    .contains(System.getProperty("user.name") + "@", ": sh (process ");

            // when
            try (LimitsRun denied = run("--limit", limit, "true")) {
                assertThat(denied.exitCode()).isEqualTo(75);
                assertThat(denied.err()).startsWith("limits run: Expected free slots on limit '" + limit + "'");
            }
            try (LimitsRun second = run("--limit", limit, "--wait", "30s", "--", "echo", "mine")) {
                awaitWaiting(1);
                Files.createFile(directory.resolve("done"));

                // then
                assertThat(first.exitCode()).isZero();
                assertThat(second.exitCode()).isZero();
                assertThat(second.out()).isEqualTo("mine\n");
            }
        }
    }

    /** As cron, systemd and containers start programs: without a locale. */
    @Test
    void passesEveryByteOfArgumentsAndEnvironment() throws Exception {
        // given
        put(1);
        String shell = "odd=$(printf '\\303\\274\\377 x'); exec env -i PATH=\"$PATH\" LIMITS_URL=\"$LIMITS_URL\""
                + " ODD=\"$odd\" \"$@\" \"$odd\"";
        String program = "printf %s \"$1\" | od -An -tx1; printf %s \"$ODD\" | od -An -tx1";

        // when
        try (LimitsRun run = startBy(shell, "--limit", limit, "--", "sh", "-c", program, "sh")) {
            // then
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(" c3 bc ff 20 78\n c3 bc ff 20 78\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void givesTheProgramNothingForAStreamThatIsClosed() throws Exception {
        // given
        put(1);

        // when
        try (LimitsRun run = startBy(
                "exec \"$@\" <&-", "--limit", limit, "--", "sh", "-c", "readlink /proc/self/fd/0; exec wc -c")) {
            // then
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("/dev/null\n0\n");
        }
    }

    @Test
    void printsNothingWhenItGetsASignalThatJavaKeepsForItself() throws Exception {
        // given
        put(1);
        try (LimitsRun run = run("--limit", limit, "--", "sh", "-c", "echo ready; " + untilThereIs("done"))) {
            await().atMost(PATIENCE).until(run::out, "ready\n"::equals);
            awaitNoOutputOf(run);

            // when
            run.signal("QUIT");
            run.signal("WINCH");
            Files.createFile(directory.resolve("done"));

            // then
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("ready\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void noticesSoonThatAnotherClientReleasedItsLeaseAndStopsOrphansToo() throws Exception {
        // given
        put(1);
        try (LimitsRun run =
                run("--limit", limit, "--lease", "10m", "--", "sh", "-c", "( sleep 300 & echo $! ); exec sleep 300")) {
            await().atMost(PATIENCE).until(() -> run.out().endsWith("\n"));
            ProcessHandle orphan =
                    ProcessHandle.of(Long.parseLong(run.out().strip())).orElseThrow();
            String lease = server.get("/v1/limits/" + limit + "/leases")
                    .at("/leases/0/leaseId")
                    .asText();

            // when
            server.send("DELETE", "/v1/leases/" + lease, "");

            // then
            assertThat(run.exitCode()).isEqualTo(128 + 15);
            assertThat(run.err()).contains("lease id " + lease + " was released at 2", "; stopping sh");
            assertThat(orphan.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'LIMITS_URL in the environment is empty; set it to the address of a gateway'",
        "foo, LIMITS_URL in the environment is wrong: it must be an address such as http://127.0.0.1:8080"
    })
    void namesTheVariableThatIsWrong(String url, String said) throws Exception {
        // when
        try (LimitsRun run = LimitsRun.start(directory, url, "--limit", "a", "true")) {
            // then
            assertThat(run.exitCode()).isEqualTo(64);
            assertThat(run.err()).startsWith("limits run: " + said).endsWith("See 'limits run --help'.\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "USR1", "USR2", "ALRM"})
    void passesSignalsOn(String signal) throws Exception {
        // given
        put(1);
        try (LimitsRun run = run(
                "--limit",
                limit,
                "sh",
                "-c",
                "trap 'echo bye; exit 7' " + signal + "; echo ready; while :; do sleep 0.05; done")) {
            await().atMost(PATIENCE).until(run::out, "ready\n"::equals);

            // when
            run.signal(signal);

            // then
            assertThat(run.exitCode()).isEqualTo(7);
            assertThat(run.out()).endsWith("bye\n");
        }
        assertThat(leases()).isZero();
    }

    @Test
    void leavesTheQueueWhenItIsStopped() throws Exception {
        // given
        put(0);
        try (LimitsRun run = run("--limit", limit, "--wait", "1h", "echo", "never")) {
            awaitWaiting(1);

            // when
            run.signal("TERM");

            // then
            assertThat(run.exitCode()).isEqualTo(128 + 15);
            assertThat(run.out()).isEmpty();
        }
        assertThat(server.get("/v1/limits/" + limit).path("waiting").asInt()).isZero();
    }

    @Test
    void stopsTheProgramAndItsChildrenWhenTheLeaseIsLost() throws Exception {
        // given
        put(1);
        try (LimitsRun run = run(
                "--limit", limit, "--lease", "1s", "--", "sh", "-c", "sleep 300 & echo $!; trap 'exit 0' TERM; wait")) {
            await().atMost(PATIENCE).until(() -> run.out().endsWith("\n"));
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(run.out().strip())).orElseThrow();

            // when
            server.send("DELETE", "/v1/limits/" + limit, "");

            // then
            assertThat(run.exitCode()).isEqualTo(75);
            assertThat(run.err())
                    .startsWith("limits run: the lease is lost since ")
                    .contains("ended with limit '" + limit + "'", "; stopping sh");
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void killsAProgramThatWillNotStop() throws Exception {
        // given
        put(1);
        try (LimitsRun run = run(
                "--limit",
                limit,
                "--lease",
                "1s",
                "--grace",
                "200ms",
                "--",
                "sh",
                "-c",
                "trap '' TERM; echo ready; while :; do sleep 0.05; done")) {
            await().atMost(PATIENCE).until(run::out, "ready\n"::equals);

            // when
            server.send("DELETE", "/v1/limits/" + limit, "");

            // then
            assertThat(run.exitCode()).isEqualTo(128 + 9);
        }
    }

    @Test
    void letsTheProgramRunOnWithOnLostWarn() throws Exception {
        // given
        put(1);
        try (LimitsRun run = run(
                "--limit",
                limit,
                "--lease",
                "1s",
                "--on-lost",
                "warn",
                "--",
                "sh",
                "-c",
                "echo ready; " + untilThereIs("done"))) {
            await().atMost(PATIENCE).until(run::out, "ready\n"::equals);

            // when
            server.send("DELETE", "/v1/limits/" + limit, "");
            await().atMost(PATIENCE).until(() -> run.err().contains("sh runs on without it"));
            Files.createFile(directory.resolve("done"));

            // then
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void doesNotHoldUpTheLineWhenItIsKilledWhileItWaits() throws Exception {
        // given
        put(1);
        try (LimitsRun first = run("--limit", limit, "--", "sh", "-c", untilThereIs("done"))) {
            awaitLeases(1);
            try (LimitsRun killed = run("--limit", limit, "--lease", "2s", "--wait", "1m", "--", "echo", "never")) {
                awaitWaiting(1);
                try (LimitsRun behind = run("--limit", limit, "--wait", "1m", "--", "echo", "mine")) {
                    awaitWaiting(2);

                    // when
                    killed.kill();
                    Files.createFile(directory.resolve("done"));

                    // then
                    assertThat(first.exitCode()).isZero();
                    assertThat(behind.exitCode()).isZero();
                    assertThat(behind.out()).isEqualTo("mine\n");
                    assertThat(killed.out()).isEmpty();
                }
            }
        }
        assertThat(leases()).isZero();
    }

    @Test
    void givesItsSlotsBackWhenItIsKilledWhileItHoldsThem() throws Exception {
        // given
        put(1);
        try (LimitsRun killed = run("--limit", limit, "--lease", "2s", "--", "sleep", "10")) {
            awaitLeases(1);
            try (LimitsRun behind = run("--limit", limit, "--wait", "1m", "--", "echo", "mine")) {
                awaitWaiting(1);

                // when
                killed.kill();

                // then
                assertThat(behind.exitCode()).isZero();
                assertThat(behind.out()).isEqualTo("mine\n");
            }
        }
        assertThat(leases()).isZero();
    }

    @Test
    void freesNothingTwiceWhenItIsKilledOnceItHasReleased() throws Exception {
        // given
        put(2);
        try (LimitsRun holding = run("--limit", limit, "--", "sh", "-c", untilThereIs("done"));
                LimitsRun killed = run("--limit", limit, "--", "sh", "-c", untilThereIs("released"))) {
            awaitLeases(2);
            Files.createFile(directory.resolve("released"));
            awaitLeases(1);

            // when
            killed.kill();

            // then
            assertThat(leases()).isEqualTo(1);
            assertThat(server.get("/v1/limits/" + limit).path("occupied").asInt())
                    .isEqualTo(1);
            Files.createFile(directory.resolve("done"));
            assertThat(holding.exitCode()).isZero();
        }
    }

    @Test
    void asksOverKafkaToo() throws Exception {
        // given
        put(1);

        // when
        try (LimitsRun run =
                run("--bootstrap-servers", server.address("Kafka"), "--limit", limit, "--", "echo", "mine")) {
            // then
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("mine\n");
            assertThat(run.err()).isEmpty();
        }
        assertThat(leases()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "127, --limit %s no-such-program, 'no such program in PATH'",
        "126, --limit %s /, 'it is a directory'",
        "64, --limit no-such-limit true, there is no limit of this name",
        "64, --limit %s --slots 2 true, can never fit",
        "69, --limit %s --url http://user:secret@127.0.0.1:1 true, 'Expected to reach the gateway at http://127.0.0.1:1, but'"
    })
    void saysWhyItCannot(int exitCode, String arguments, String reason) throws Exception {
        // given
        put(1);

        // when
        try (LimitsRun run = run(arguments.formatted(limit).split(" "))) {
            // then
            assertThat(run.exitCode()).isEqualTo(exitCode);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains(reason).doesNotContain("secret");
        }
        assertThat(leases()).isZero();
    }

    private LimitsRun startBy(String shell, String... arguments) throws Exception {
        return LimitsRun.startBy(shell, directory, server.address("HTTP"), arguments);
    }

    /** It gives its standard output to the program alone a moment after the program has started. */
    private static void awaitNoOutputOf(LimitsRun run) {
        await().atMost(PATIENCE)
                .until(
                        () -> Files.readSymbolicLink(Path.of("/proc/" + run.pid() + "/fd/1")),
                        Path.of("/dev/null")::equals);
    }

    private LimitsRun run(String... arguments) throws Exception {
        return LimitsRun.start(directory, server.address("HTTP"), arguments);
    }

    private static String untilThereIs(String file) {
        return "until [ -e " + file + " ]; do sleep 0.05; done";
    }

    private void put(int slots) throws Exception {
        server.send("PUT", "/v1/limits/" + limit, "{\"limit\": " + slots + "}");
    }

    private int leases() throws Exception {
        return server.get("/v1/limits/" + limit).path("leases").asInt();
    }

    private void awaitLeases(int count) {
        await().atMost(PATIENCE).until(() -> leases() == count);
    }

    private void awaitWaiting(int count) {
        await().atMost(PATIENCE)
                .until(() -> server.get("/v1/limits/" + limit).path("waiting").asInt() == count);
    }
}
