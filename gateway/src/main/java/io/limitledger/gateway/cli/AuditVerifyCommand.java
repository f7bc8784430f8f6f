package io.limitledger.gateway.cli;

import io.limitledger.audit.Findings;
import io.limitledger.audit.Head;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Verification;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
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

    @Override
    public Integer call() {
        return audit.reading(() -> {
            List<Head> kept = heads == null ? List.of() : read(heads);
            try (KafkaAuditedLog log = audit.open()) {
                AuditProgress progress = audit.progress();
                Verification done = new Verification(log, kept, progress).run();
                tell(done, progress);
                return done.findings().all().isEmpty() ? AuditOptions.CLEAN : AuditOptions.FINDINGS;
            }
        });
    }

    private void tell(Verification done, AuditProgress progress) {
        Findings findings = done.findings();
        PrintWriter out = audit.out();
        AuditOptions.print(findings, out);
        out.printf(
                "%s: %d commands decided again, %s%n",
                findings.all().isEmpty() ? "clean" : findings.all().size() + " findings",
                done.commands(),
                progress.rate(done.events()));
        out.flush();
    }

    private static List<Head> read(Path file) throws IOException {
        try {
            List<Head> heads = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                heads.add(LedgerJson.PUBLIC.readValue(line, Head.class));
            }
            return heads;
        } catch (IOException e) {
            throw new IOException("Expected what 'audit head' wrote in " + file + ", but " + e, e);
        }
    }
}
