package io.limitledger.gateway.stack;

import static io.limitledger.gateway.stack.StoredLedger.copy;
import static io.limitledger.gateway.stack.StoredLedger.findings;
import static io.limitledger.gateway.stack.StoredLedger.kafka;
import static io.limitledger.gateway.stack.StoredLedger.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.restore.Restore;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.wire.LeaseIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every topic and every file of the embedded broker, damaged in ten ways while nothing runs, then started: either as if
 * nothing had been, or a sentence and no decision. What the sentence advises is then done, and brings back the state
 * before, with which the audit agrees.
 *
 * <p>The starts happen in a process of their own, one after the other, since Kafka may end it; the table of what came of each
 * is printed at the end. {@code -Ddamage.targets='quorum|meta'} runs only the targets in which that pattern is found;
 * {@code -Ddamage.killed=true} takes the mark of the clean stop away as well, so that Kafka reads the logs itself.
 */
@Tag("faults")
@Timeout(180)
class DamagedDataTest {
    private static final int PARTITIONS = LedgerTopics.DEFAULT_COMMAND_PARTITIONS;
    private static final int LIMITS = 24;
    private static final String EVENTS = "limits.events-" + LeaseIds.partition("limit-1", PARTITIONS);

    /** A folder is damaged in its newest segment, and removed or replaced as a whole; a star is any text. */
    private static final List<String> TARGETS = List.of(
            EVENTS,
            "limits.commands-" + LeaseIds.partition("limit-1", PARTITIONS),
            "limit-ledger-state-changelog-" + LeaseIds.partition("limit-1", PARTITIONS),
            "limits.replies-0",
            "limits.rejected-0",
            "limits.ledgers-0",
            "__consumer_offsets-0",
            "__transaction_state-0",
            "__cluster_metadata-0",
            EVENTS + "/*.index",
            EVENTS + "/*.timeindex",
            EVENTS + "/*.snapshot",
            EVENTS + "/leader-epoch-checkpoint",
            EVENTS + "/partition.metadata",
            "__cluster_metadata-0/quorum-state",
            "meta.properties",
            "bootstrap.checkpoint",
            "recovery-point-offset-checkpoint",
            "log-start-offset-checkpoint",
            "replication-offset-checkpoint",
            "cleaner-offset-checkpoint",
            ".kafka_cleanshutdown",
            ".lock");

    private static final String KILLED = System.getProperty("damage.killed", "false");

    /** What Kafka reads itself may make it end the process. */
    private static final String OUTCOMES = Boolean.parseBoolean(KILLED)
            ? "(as before|refused|held|ended: Expected the embedded broker to keep running)"
            : "(as before|refused|held)";

    @TempDir
    private static Path directory;

    private static final Map<String, Map<Way, String>> TABLE = new TreeMap<>();
    private static @Nullable Worker worker;

    static Stream<Arguments> damages() {
        Predicate<String> isWanted =
                Pattern.compile(System.getProperty("damage.targets", "")).asPredicate();
        return TARGETS.stream()
                .filter(isWanted)
                .flatMap(target -> Stream.of(Way.values()).map(way -> Arguments.of(target, way)));
    }

    @BeforeAll
    static void decideSomething() throws Exception {
        Path whole = directory.resolve("whole");
        decide(whole, 0, LIMITS / 2);
        copy(whole, directory.resolve("early"));
        decide(whole, LIMITS / 2, LIMITS);
    }

    private static void decide(Path whole, int from, int to) throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(whole)) {
            stack.startLedger("one");
            LedgerClient client = stack.startClient();
            for (int number = from; number < to; number++) {
                UUID released = UUID.randomUUID();
                ask(client, new PutLimit("limit-" + number, new Definition(3, 0, true), null, true));
                ask(client, acquire("limit-" + number, released));
                ask(client, acquire("limit-" + number, UUID.randomUUID()));
                ask(client, new ReleaseLease("limit-" + number, released));
                ask(client, acquire("limit-1", UUID.randomUUID()));
            }
        }
    }

    private static void ask(LedgerClient client, LimitCommand command) throws Exception {
        client.send(command).get();
    }

    private static AcquireLease acquire(String limit, UUID leaseId) {
        return new AcquireLease(limit, leaseId, 1, Duration.ofHours(1).toMillis(), 0, null, List.of());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("damages")
    void shouldStartAsIfNothingHadBeenOrSayWhatIsDamaged(String target, Way way) throws Exception {
        // given
        Worker running = worker == null ? Worker.start(directory) : worker;
        worker = running;

        // when
        String outcome = running.run(target + " " + way);

        // then
        if (outcome.startsWith("ended")) {
            worker = null;
        }
        TABLE.computeIfAbsent(target, name -> new TreeMap<>()).put(way, outcome);
        assertThat(outcome).matches("(?s)" + OUTCOMES + ".*").doesNotContain("FAILED");
    }

    @AfterAll
    static void printTable() throws Exception {
        if (worker != null) {
            worker.end();
        }
        TABLE.forEach((target, ways) ->
                ways.forEach((way, outcome) -> System.out.printf("%-36s %-18s %s%n", target, way, outcome)));
    }

    /** The process in which the damaged data is started. */
    private record Worker(Process process, BufferedReader answers, PrintWriter questions) {
        static Worker start(Path directory) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DamagedDataTest.class.getName(),
                            directory.toString(),
                            KILLED)
                    .redirectErrorStream(true)
                    .start();
            return new Worker(
                    process,
                    process.inputReader(StandardCharsets.UTF_8),
                    new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true));
        }

        /** What came of it; the last line of output if the process has ended. */
        String run(String question) throws IOException {
            questions.println(question);
            String last = "";
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(ANSWER)) {
                    return line.substring(ANSWER.length());
                }
                last = line;
            }
            return "ended: " + last;
        }

        void end() throws InterruptedException {
            questions.close();
            process.waitFor();
        }
    }

    private static final String ANSWER = "ANSWER ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REDECISION = Duration.ofSeconds(20);

    /** The worker: for each line of a target and a way, one of what came of it. */
    public static void main(String[] args) throws Exception {
        Path parent = Path.of(args[0]);
        Path data = parent.resolve("data");
        Map<String, String> before;
        StoredLedger.delete(data);
        copy(parent.resolve("whole"), data);
        try (EmbeddedStack stack = EmbeddedStack.start(data)) {
            before = state(stack);
        }
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ", -1);
            StoredLedger.delete(data);
            copy(parent.resolve("whole"), data);
            Way way = Way.valueOf(words[1]);
            way.damage(kafka(data), kafka(parent.resolve("early")), words[0]);
            if (Boolean.parseBoolean(args[1])) {
                Files.deleteIfExists(kafka(data).resolve(".kafka_cleanshutdown"));
            }
            String outcome;
            try {
                outcome = outcome(parent, data, before);
            } catch (Exception | AssertionError e) {
                outcome = "FAILED: " + e;
            }
            System.out.println(ANSWER + outcome.replace('\n', ' ').replace(parent + "/", ""));
        }
        System.exit(0);
    }

    private static String outcome(Path parent, Path data, Map<String, String> before) throws Exception {
        String sentence;
        try (EmbeddedStack stack = EmbeddedStack.start(data)) {
            LedgerEngine ledger = stack.launchLedger("one", 1);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ledger.isRunning()
                            || !ledger.differences().isEmpty()
                            || !ledger.stalled().isEmpty());
            List<String> differences = new ArrayList<>(ledger.differences());
            differences.addAll(ledger.stalled());
            if (differences.isEmpty()) {
                awaitDecided(stack, before);
                stack.stopLedger("one");
                return comparison(stack, before);
            }
            sentence = "held: " + differences.get(0);
        } catch (StartException e) {
            sentence = "refused: " + e.getMessage();
        }
        return doAsAdvised(sentence, parent, data, before) + " <- " + sentence;
    }

    /** Where events were lost, their commands are decided once more, which takes a moment; if in vain, the comparison shows it. */
    private static void awaitDecided(EmbeddedStack stack, Map<String, String> before) {
        try {
            Awaitility.await().atMost(REDECISION).until(() -> state(stack).equals(before));
        } catch (ConditionTimeoutException e) {
            System.out.println("Not decided again within " + REDECISION.toSeconds() + " s");
        }
    }

    private static String comparison(EmbeddedStack stack, Map<String, String> before) {
        Map<String, String> changed = new TreeMap<>();
        Map<String, String> now = state(stack);
        now.forEach((key, record) -> {
            if (!record.equals(before.get(key))) {
                changed.put(key, before.get(key) + " became " + record);
            }
        });
        before.forEach((key, record) -> {
            if (!now.containsKey(key)) {
                changed.put(key, record + " is missing");
            }
        });
        List<?> findings = findings(stack);
        return changed.isEmpty() && findings.isEmpty()
                ? "as before"
                : "FAILED: not as before: " + changed + ", findings of the audit: " + findings;
    }

    private static String doAsAdvised(String sentence, Path parent, Path data, Map<String, String> before)
            throws Exception {
        String kind = sentence.substring(0, sentence.indexOf(':'));
        if (sentence.contains("limits restore")) {
            try (EmbeddedStack stack = EmbeddedStack.startForRestore(data)) {
                try (Restore restore = new Restore(stack.clientProperties(), PARTITIONS, line -> {})) {
                    restore.rebuild(false);
                }
                return kind + ", restored " + startAgain(stack, before);
            }
        }
        Path file = Path.of(sentence.replaceFirst("(?s).*The file (\\S+) is damaged.*", "$1"));
        if (sentence.contains("bring the topic " + LedgerTopics.LEDGERS)) {
            String ledgers = LedgerTopics.LEDGERS + "-0";
            StoredLedger.delete(kafka(data).resolve(ledgers));
            copy(kafka(parent.resolve("whole")).resolve(ledgers), kafka(data).resolve(ledgers));
        } else if (sentence.contains("Remove it")) {
            Files.delete(file);
        } else if (sentence.contains("Bring it back from a copy")) {
            StoredLedger.delete(file);
            copy(parent.resolve("whole").resolve(data.relativize(file)), file);
        }
        try (EmbeddedStack stack = EmbeddedStack.start(data)) {
            return kind + ", done as advised " + startAgain(stack, before);
        }
    }

    private static String startAgain(EmbeddedStack stack, Map<String, String> before) {
        LedgerEngine ledger = stack.launchLedger("one", 1);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ledger.isRunning() || !ledger.differences().isEmpty());
        List<String> differences = ledger.differences();
        if (differences.isEmpty()) {
            awaitDecided(stack, before);
        }
        stack.stopLedger("one");
        if (!differences.isEmpty()) {
            return "FAILED: " + differences;
        }
        return comparison(stack, before);
    }
}
