package io.limitledger.gateway.cli;

import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.restore.Restore;
import io.limitledger.restore.RestoreException;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code limits restore}: the live state built anew from the events, while no ledger runs. */
@Command(
        name = "restore",
        description = "Build the live state from the events, after a start has said that it differs from the topics."
                + " Stop all ledgers first. Exit code 0: done; 1: nothing was written.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "limits-data",
            description = "Data of 'serve', unless a cluster is named (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of("limits-data");

    @Option(names = "--accept-loss", description = "Build what can be built, although some decisions are lost with it.")
    private boolean acceptLoss;

    @Override
    public Integer call() {
        if (kafka.hasCluster()) {
            restore(kafka.clientProperties());
        } else if (!Files.isDirectory(dataDirectory.resolve("kafka"))) {
            throw new StartException("The data of 'limits serve' is not in " + dataDirectory + "."
                    + " Name its folder with --data-dir, or a cluster with --bootstrap-servers");
        } else {
            try (EmbeddedBroker broker = EmbeddedBroker.startSecured(dataDirectory, 0, List.of(), true)) {
                Map<String, Object> client = new HashMap<>(kafka.clientProperties(broker.bootstrapServers()));
                client.putAll(broker.signIn());
                restore(client);
            }
            forgetLocalState();
        }
        return 0;
    }

    private void restore(Map<String, Object> client) {
        PrintWriter out = spec.commandLine().getOut();
        PartitionCounts partitions = TopicsSetup.ensure(client, kafka.topics());
        try (Restore restore = new Restore(client, partitions.commands(), out::println)) {
            restore.rebuild(acceptLoss);
        } catch (RestoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        out.println("restored; start the ledger again");
        out.flush();
    }

    /** What Kafka Streams keeps on disk was made of a changelog that is another one now. */
    private void forgetLocalState() {
        Path streams = dataDirectory.resolve("ledger").resolve("streams");
        if (!Files.isDirectory(streams)) {
            return;
        }
        try (Stream<Path> files = Files.walk(streams)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StartException("Could not remove " + streams + ": " + e + ". Remove it by hand", e);
        }
    }
}
