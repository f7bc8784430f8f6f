package io.limitledger.gateway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limits audit}: reads the ledger from Kafka, while it runs, and says what was, and whether all is as it must be. */
@Command(
        name = "audit",
        description = "Read the ledger from Kafka: what was when, and whether all is as it must be.",
        subcommands = {AuditVerifyCommand.class, AuditHeadCommand.class, AuditReplayCommand.class},
        mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to audit: verify, head or replay");
    }
}
