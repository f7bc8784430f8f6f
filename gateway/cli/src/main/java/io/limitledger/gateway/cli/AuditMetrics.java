package io.limitledger.gateway.cli;

import io.limitledger.audit.Verification;
import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * The last audit as metrics, in a file: an audit is a process of its own, with no rights but to read, and has ended when its
 * metrics are collected.
 */
final class AuditMetrics {
    private AuditMetrics() {}

    /** Before an audit that may take long. */
    static void requireDirectory(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new StartException("--metrics is " + file
                    + ": name a file in a directory that exists and in which this user may create files");
        }
    }

    /** Replaces the file at once, so that no collector reads half of it. */
    static void write(Path file, Verification done, double seconds) throws IOException {
        StringBuilder text = new StringBuilder();
        add(text, "end_timestamp_seconds", "When the last audit of the ledger ended", epochSeconds());
        add(text, "duration_seconds", "How long it took", Double.toString(seconds));
        add(text, "findings", "What it found; 0: all is as it must be", Long.toString(findings(done)));
        add(text, "events", "Events that it checked", Long.toString(done.events()));
        add(text, "commands", "Commands that it decided again", Long.toString(done.commands()));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long findings(Verification done) {
        return done.findings().all().size() + done.findings().left();
    }

    private static String epochSeconds() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    private static void add(StringBuilder text, String name, String help, String value) {
        String whole = "limits_audit_" + name;
        text.append("# HELP %s %s.%n# TYPE %s gauge%n%s %s%n".formatted(whole, help, whole, whole, value));
    }
}
