package io.limitledger.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limitledger.audit.Findings;
import io.limitledger.audit.Head;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Verification;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code limits audit verify}: is all as it must be. */
@Command(
        name = "verify",
        description = "Check that every event is there, unaltered, and follows from the commands, and that the live"
                + " state is what the events make of it. Exit code 0: it is so; 1: findings; 2: could not read.",
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private AuditOptions audit = new AuditOptions();

    @Option(
            names = "--heads",
            paramLabel = "FILE",
            description = "What 'audit head' wrote before: it must still be there, unaltered.")
    private @Nullable Path heads;

    @Option(
            names = "--json",
            description =
                    "A JSON object for each finding, with the whole records, instead of a line; the summary goes to"
                            + " standard error.")
    private boolean json;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description =
                    "Also writes when this audit ended and what it found, as metrics in Prometheus's text format: for the"
                            + " textfile collector of node_exporter, in whose directory the name must end with .prom. Only an"
                            + " audit that could read the ledger replaces the file.")
    private @Nullable Path metrics;

    @Override
    public Integer call() {
        return audit.reading(() -> {
            List<Head> kept = heads == null ? List.of() : read(heads);
            if (metrics != null) {
                AuditMetrics.requireDirectory(metrics);
            }
            try (KafkaAuditedLog log = audit.open()) {
                AuditProgress progress = audit.progress();
                Verification done = new Verification(log, kept, progress).run();
                report(done, progress);
                if (metrics != null) {
                    AuditMetrics.write(metrics, done, progress.seconds());
                }
                return done.findings().all().isEmpty() ? AuditOptions.CLEAN : AuditOptions.FINDINGS;
            }
        });
    }

    private void report(Verification done, AuditProgress progress) throws IOException {
        Findings findings = done.findings();
        AuditOptions.print(findings, json, audit.out());
        audit.out().flush();
        PrintWriter summary = json ? audit.err() : audit.out();
        summary.printf(
                "%s: %s%d commands decided again, %s%n",
                findings.all().isEmpty() ? "clean" : findings.all().size() + " findings",
                heads == null ? "" : done.keptHeads() + " heads compared, ",
                done.commands(),
                progress.rate(done.events()));
        summary.flush();
    }

    private static List<Head> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new IOException(notHeads(file, "it is not text in UTF-8"), e);
        } catch (IOException e) {
            throw new IOException("Cannot read heads from " + file + ": " + e, e);
        }
        List<Head> heads = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            if (!lines.get(index).isBlank()) {
                heads.add(head(file, lines.get(index), index + 1));
            }
        }
        if (heads.isEmpty()) {
            throw new IOException(notHeads(file, "it has none, so nothing would be compared"));
        }
        return heads;
    }

    private static Head head(Path file, String line, int number) throws IOException {
        try {
            Head head = LedgerJson.PUBLIC.readValue(line, Head.class);
            if (head != null && head.limit() != null && head.hash() != null && head.number() > 0) {
                return head;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(notHead(file, number), e);
        }
        throw new IOException(notHead(file, number));
    }

    private static String notHead(Path file, int number) {
        return notHeads(file, "line " + number + " is not a whole one; was the file cut, or changed?");
    }

    private static String notHeads(Path file, String because) {
        return "Cannot use the heads in " + file + ": " + because
                + ". Give a file that 'audit head' has written, one head a line";
    }
}
