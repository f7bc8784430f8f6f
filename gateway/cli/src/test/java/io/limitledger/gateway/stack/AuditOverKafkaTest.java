package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.audit.Checkpoint;
import io.limitledger.audit.CheckpointReader;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.state.Definition;
import io.limitledger.gateway.cli.LimitsCommand;
import io.limitledger.wire.LeaseIds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on Kafka, audited from the command line. */
@Timeout(120)
@Tag("broker")
class AuditOverKafkaTest {
    private static final int CLEAN = 0;
    private static final int NOT_READ = 2;

    @TempDir
    Path directory;

    private String said = "";

    @Test
    void shouldVerifyAndReplayALedger() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.start(directory)) {
            Path file = directory.resolve("checkpoint");

            // given
            stack.startLedger("one");
            LedgerClient client = stack.startClient();
            for (String limit :
                    IntStream.range(0, 10).mapToObj(i -> "limit " + i).toList()) {
                client.send(new PutLimit(limit, new Definition(1, 0, true), null, false))
                        .join();
            }
            client.send(new DeleteLimit("limit 3")).join();
            // A clean stop commits: from here on everything can be read.
            stack.stopLedger("one");

            // then
            Path metrics = directory.resolve("limits_audit.prom");
            assertThat(audit(stack, "verify", "--metrics", metrics.toString())).isEqualTo(CLEAN);
            assertThat(Files.readAllLines(metrics))
                    .contains("limits_audit_findings 0", "limits_audit_commands 11")
                    .anyMatch(line -> line.matches("limits_audit_end_timestamp_seconds 1\\d{9}"));
            assertThat(audit(stack, "replay", "--checkpoint", file.toString())).isEqualTo(CLEAN);
            assertThat(audit(stack, "replay", "--checkpoint", file.toString(), "--at", "2026-01-01T00:00:00Z"))
                    .isEqualTo(CLEAN);
            assertThat(audit(stack, "replay", "--up-to", "0=3,1=2")).isEqualTo(CLEAN);
            assertThat(audit(stack, "replay", "--up-to", "4=3")).isEqualTo(NOT_READ);
            assertThat(said).contains("--up-to names partition 4; there are partitions 0 to 3");
            assertThat(audit(stack, "replay", "--up-to", "0=1000000")).isEqualTo(NOT_READ);
            assertThat(said)
                    .containsPattern("--up-to is 0=1000000, but partition 0 of limits.events has offsets 0 to \\d+");
            assertThat(audit(stack, "replay", "--up-to", partitionWithout("limit 9") + "=0", "--limit", "limit 9"))
                    .isEqualTo(NOT_READ);
            assertThat(said).contains("but the limits of --limit are in [" + LeaseIds.partition("limit 9", 4) + "]");
            Checkpoint checkpoint = CheckpointReader.read(file);
            try (KafkaAuditedLog log = new KafkaAuditedLog(
                    stack.clientProperties(), stack.partitions().commands())) {
                assertThat(checkpoint.isOf(log)).isTrue();
            }
            assertThat(Files.readString(file)).contains("limit/limit 9").doesNotContain("limit/limit 3");
        }
    }

    private static int partitionWithout(String limit) {
        return (LeaseIds.partition(limit, 4) + 1) % 4;
    }

    private int audit(EmbeddedStack stack, String... arguments) {
        Stream<String> cluster = Stream.of(
                "--bootstrap-servers", (String) stack.clientProperties().get("bootstrap.servers"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return LimitsCommand.run(Stream.concat(Stream.concat(Stream.of("audit"), Stream.of(arguments)), cluster)
                    .toArray(String[]::new));
        } finally {
            System.setErr(before);
            said = err.toString(StandardCharsets.UTF_8);
        }
    }
}
