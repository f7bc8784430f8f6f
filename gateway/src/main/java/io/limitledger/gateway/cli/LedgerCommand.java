package io.limitledger.gateway.cli;

import io.limitledger.gateway.metrics.Meters;
import io.limitledger.gateway.run.LedgerRole;
import io.limitledger.gateway.run.Progress;
import io.limitledger.gateway.run.ServerProcess;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code limits ledger}: decides commands on an existing cluster. As many of them as wanted share the partitions. */
@Command(
        name = "ledger",
        description = "Run one instance of the ledger on an existing Kafka cluster.",
        mixinStandardHelpOptions = true)
final class LedgerCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Override
    public Integer call() throws Exception {
        return ServerProcess.run(running -> {
            Progress progress = running.progress();
            Map<String, Object> client = kafka.clientProperties();
            PartitionCounts partitions = TopicsSetup.ensure(client, kafka.topics());
            progress.step("topics are there, " + partitions.commands() + " partitions of commands");
            Meters meters = running.add(new Meters());
            LedgerRole role = running.add(LedgerRole.start(ledger.role(), client, partitions, meters));
            running.await(role::isReady, () -> "the ledger is " + role.state());
            progress.step("the ledger decides");
        });
    }
}
