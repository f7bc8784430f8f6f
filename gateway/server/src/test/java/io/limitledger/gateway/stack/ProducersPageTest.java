package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.tools.ConsoleProducer;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page for direct producers says, as it says it. */
@Timeout(300)
@Tag("broker")
class ProducersPageTest {
    private static final Path PAGE = Path.of("../../ledger/PRODUCERS.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/limitledger/gateway/stack/DirectAsker.java");
    private static final Path USE = Path.of("src/test/java/io/limitledger/gateway/stack/ProducersPageTest.java");
    private static final String NEXT = "-- next --";
    private static final String ADDRESS = "127.0.0.1:9092";

    @TempDir
    Path directory;

    private String page;

    @BeforeEach
    void readPage() throws Exception {
        page = Files.readString(PAGE);
    }

    @Test
    void shouldAskWithTheConsoleTools() throws Exception {
        // given
        installTools();
        List<String> commands = blocks("## With Kafka's console tools", "sh");

        // when
        List<String> printed;
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            // In one shell, as the later commands use what the earlier have set.
            String script = String.join("echo " + NEXT + "\n", commands);
            printed = List.of(
                    run(script.replace(ADDRESS, bootstrapServers(stack))).split(NEXT + "\n", -1));
        }

        // then
        assertThat(printed).hasSize(4);
        assertThat(printed.get(2).lines())
                .singleElement()
                .asString()
                .matches(
                        "correlation-id:[-0-9a-f]{36}/2,command-partition:3,command-offset:\\d+,events:1\t\\{\"type\":\"Granted\".*");
        assertThat(printed.get(3).lines())
                .map(line -> line.replaceFirst("\",.*", ""))
                .containsExactly(
                        "files\t{\"type\":\"LimitCreated",
                        "files\t{\"type\":\"LeaseGranted",
                        "files\t{\"type\":\"LeaseRenewed",
                        "files\t{\"type\":\"LeaseReleased");
    }

    @Test
    void shouldAskInJava() throws Exception {
        // given
        List<String> replies = new ArrayList<>();

        // when
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            stack.startLedger("one");
            try (Admin admin = Admin.create(stack.clientProperties())) {
                admin.createTopics(List.of(new NewTopic("billing-replies", 1, (short) 1)))
                        .all()
                        .get(10, TimeUnit.SECONDS);
            }
            askAndWait(bootstrapServers(stack), replies);
        }

        // then
        assertThat(replies)
                .extracting(reply -> json(reply).path("type").asText())
                .containsExactly("Stored", "Granted", "Renewed", "Released", "Granted", "Renewed", "Released");
    }

    private static void askAndWait(String bootstrapServers, List<String> replies) {
        try (DirectAsker ledger = new DirectAsker(bootstrapServers)) {
            String held = "\"limit\": \"database\", \"leaseId\": \"" + UUID.randomUUID() + "\"";
            String next = "\"limit\": \"database\", \"leaseId\": \"" + UUID.randomUUID() + "\"";
            replies.add(ledger.ask("database", """
                    {"type": "PutLimit", "limit": "database",
                     "definition": {"limit": 10, "slotDecayPerSecond": 0, "active": true}}"""));
            replies.add(ledger.ask(
                    "database", "{\"type\": \"AcquireLease\", " + held + ", \"slots\": 10, \"leaseSeconds\": 60}"));
            replies.add(ledger.ask("database", "{\"type\": \"RenewLease\", " + held + ", \"leaseSeconds\": 300}"));

            // Waits for up to 30 s, and promises to renew within 10 s what it is handed.
            String waiting = ledger.send(
                    "database",
                    "{\"type\": \"AcquireLease\", " + next + ", \"slots\": 1, \"leaseSeconds\": 60,"
                            + " \"waitSeconds\": 30, \"takeUpSeconds\": 10}");
            replies.add(ledger.ask("database", "{\"type\": \"ReleaseLease\", " + held + "}"));
            replies.add(ledger.reply(waiting, Duration.ofSeconds(40)));
            replies.add(ledger.ask("database", "{\"type\": \"RenewLease\", " + next + ", \"leaseSeconds\": 60}"));
            replies.add(ledger.ask("database", "{\"type\": \"ReleaseLease\", " + next + "}"));
        }
    }

    @Test
    void shouldShowTheJavaThatIsCompiledHere() throws Exception {
        // when
        List<String> shown = blocks("## In Java\n", "java");

        // then
        assertThat(shown).hasSize(2);
        assertThat(withoutSpace(Files.readString(EXAMPLE))).contains(withoutSpace(shown.get(0)));
        assertThat(withoutSpace(Files.readString(USE))).contains(withoutSpace(shown.get(1)));
    }

    @Test
    void shouldNameTheFilesThatAreThere() {
        // then
        assertThat(List.of("examples/direct.py", "examples/go/direct.go", "examples/direct.mjs"))
                .allSatisfy(file -> {
                    assertThat(page).contains("(" + file + ")");
                    assertThat(PAGE.resolveSibling(file)).content().containsPattern("['\"]limits.commands['\"]");
                });
    }

    /** The blocks of code of a chapter. */
    private List<String> blocks(String chapter, String language) {
        int start = page.indexOf(chapter);
        int end = page.indexOf("\n## ", start + 1);
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page.substring(start, end));
        return matcher.results().map(result -> result.group(1)).toList();
    }

    /** The scripts of Kafka's distribution are these classes, each with a class path before it. */
    private void installTools() throws Exception {
        Map<String, Class<?>> tools = Map.of(
                "kafka-topics.sh", TopicCommand.class,
                "kafka-console-producer.sh", ConsoleProducer.class,
                "kafka-console-consumer.sh", ConsoleConsumer.class);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        for (Map.Entry<String, Class<?>> tool : tools.entrySet()) {
            Path script = Files.writeString(
                    directory.resolve(tool.getKey()),
                    "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -cp '"
                            + System.getProperty("java.class.path") + "' "
                            + tool.getValue().getName() + " \"$@\"\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
    }

    private String run(String command) throws Exception {
        Path out = Files.createTempFile(directory, "console", ".out");
        Path err = Files.createTempFile(directory, "console", ".err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().merge("PATH", directory.toString(), (path, tools) -> tools + ":" + path);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .describedAs("%s%n%s", command, Files.readString(err))
                .isZero();
        return Files.readString(out);
    }

    private static String bootstrapServers(EmbeddedStack stack) {
        return stack.clientProperties().get("bootstrap.servers").toString();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
