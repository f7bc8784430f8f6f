package io.limitledger.gateway.cli;

import io.limitledger.audit.Finding;
import io.limitledger.audit.Findings;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.TopicSetupException;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which ledger is audited, and what the exit code says of it. */
final class AuditOptions {
    static final int CLEAN = 0;
    static final int FINDINGS = 1;
    private static final int NOT_READ = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    /** Reads, and returns the exit code. */
    @FunctionalInterface
    interface Reading {
        int read() throws IOException;
    }

    /** A failure to read is not a finding: a ledger that was not read is neither right nor wrong. */
    int reading(Reading reading) {
        try {
            return reading.read();
        } catch (IOException
                | UncheckedIOException
                | KafkaException
                | IllegalStateException
                | StartException
                | TopicSetupException e) {
            err().println("Could not read the ledger: " + e.getMessage());
            err().flush();
            return NOT_READ;
        }
    }

    KafkaAuditedLog open() {
        Map<String, Object> client = cluster.clientProperties();
        return new KafkaAuditedLog(client, TopicsSetup.partitionsToAudit(client, TIMEOUT));
    }

    /** Begins to measure. */
    AuditProgress progress() {
        return new AuditProgress(err());
    }

    /** @param json each as a JSON object with the whole records, instead of a line */
    static void print(Findings findings, boolean json, PrintWriter to) throws IOException {
        for (Finding finding : findings.all()) {
            to.println(json ? LedgerJson.PUBLIC.writeValueAsString(finding) : finding.toString());
        }
        if (json) {
            return;
        }
        if (findings.left() > 0) {
            to.println("and " + findings.left() + " more that follow from these, or are like them");
        }
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
