package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is neither right nor wrong: it has an exit code of its own. */
class AuditCommandTest {
    private static final int NOT_READ = 2;

    private final StringWriter output = new StringWriter();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"verify", "head", "replay"})
    void couldNotReadWithoutABroker(String audit) throws IOException {
        // when
        int exitCode = limits("audit", audit, "--kafka-config", noBroker());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("Could not read the ledger: Expected to reach Kafka at 127.0.0.1:1");
    }

    @Test
    void couldNotReadWithoutTheFileThatNamesTheCluster() {
        // given
        Path missing = directory.resolve("missing.properties");

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", missing.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("--kafka-config is " + missing, "it does not exist");
    }

    @Test
    void couldNotReadWhereNoClusterIsNamed() {
        // when
        int exitCode = limits("audit", "verify");

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("Name the cluster: --bootstrap-servers");
    }

    @Test
    void couldNotReadWithoutTheHeads() throws IOException {
        // given
        Path missing = directory.resolve("heads.jsonl");

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", noBroker(), "--heads", missing.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("Cannot read heads from " + missing);
    }

    @Test
    void couldNotReadHeadsThatAreNone() throws IOException {
        // given
        Path heads = Files.writeString(directory.resolve("heads.jsonl"), "these are no heads\n");

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", noBroker(), "--heads", heads.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("Cannot use the heads in " + heads, "line 1 is not a whole one");
    }

    @Test
    void couldNotCompareWithAFileWithoutHeads() throws IOException {
        // given
        Path heads = Files.writeString(directory.resolve("heads.jsonl"), "\n");

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", noBroker(), "--heads", heads.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("it has none, so nothing would be compared");
    }

    @Test
    void couldNotReadATornLineOfHeads() throws IOException {
        // given
        String whole = "{\"limit\":\"a\",\"partition\":0,\"offset\":1,\"number\":1,\"hash\":\"00\"}";
        Path heads = Files.writeString(directory.resolve("heads.jsonl"), whole + "\n\n" + whole.substring(0, 30));

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", noBroker(), "--heads", heads.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("line 3 is not a whole one; was the file cut, or changed?");
    }

    @Test
    void saysBeforeItReadsThatItCannotWriteItsMetrics() throws IOException {
        // given
        Path metrics = directory.resolve("missing/limits_audit.prom");

        // when
        int exitCode = limits("audit", "verify", "--kafka-config", noBroker(), "--metrics", metrics.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("--metrics is " + metrics + ": name a file in a directory that exists");
    }

    @Test
    void couldNotReadADamagedCheckpoint() throws IOException {
        // given
        Path checkpoint = Files.writeString(directory.resolve("checkpoint"), "partition\tno JSON\n");

        // when
        int exitCode = limits("audit", "replay", "--kafka-config", noBroker(), "--checkpoint", checkpoint.toString());

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains("Expected a whole checkpoint in " + checkpoint, "Delete it to read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--at=yesterday", "--up-to=7"})
    void refusesWhatIsNoPlaceInTheLog(String option) throws IOException {
        // when
        int exitCode = limits("audit", "replay", "--kafka-config", noBroker(), option);

        // then
        assertThat(exitCode).isEqualTo(NOT_READ);
        assertThat(output.toString()).contains(option.substring(0, 4)).contains("See 'limits audit replay --help'.");
    }

    /** A cluster that is not there, and little patience. */
    private String noBroker() throws IOException {
        return Files.writeString(directory.resolve("no-broker.properties"), """
                        bootstrap.servers=127.0.0.1:1
                        request.timeout.ms=200
                        default.api.timeout.ms=300
                        """).toString();
    }

    private int limits(String... arguments) {
        PrintWriter writer = new PrintWriter(output);
        return LimitsCommand.commandLine("").setOut(writer).setErr(writer).execute(arguments);
    }
}
