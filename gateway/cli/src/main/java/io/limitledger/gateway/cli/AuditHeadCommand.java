package io.limitledger.gateway.cli;

import io.limitledger.audit.Head;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Verification;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code limits audit head}: what to keep elsewhere, so that the history cannot be rewritten unnoticed. */
@Command(
        name = "head",
        description = "Print the hash of the last event of each limit, a line of JSON each. Kept elsewhere, they"
                + " prove later with 'verify --heads' that the history before was only added to.",
        mixinStandardHelpOptions = true)
final class AuditHeadCommand implements Callable<Integer> {
    @Mixin
    private AuditOptions audit = new AuditOptions();

    @Override
    public Integer call() {
        return audit.reading(this::print);
    }

    private int print() throws IOException {
        try (KafkaAuditedLog log = audit.open()) {
            Verification done = new Verification(log, List.of(), audit.progress()).run();
            for (Head head : done.heads()) {
                audit.out().println(LedgerJson.PUBLIC.writeValueAsString(head));
            }
            audit.out().flush();
            if (!done.findings().all().isEmpty()) {
                audit.err().println("There are findings; see 'audit verify'");
                audit.err().flush();
            }
            return done.findings().all().isEmpty() ? AuditOptions.CLEAN : AuditOptions.FINDINGS;
        }
    }
}
