package io.limitledger.gateway.cli;

import static java.util.Objects.requireNonNullElse;

import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.process.ServerProcess;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.RightsWatch;
import io.limitledger.topics.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to reach Kafka, and how topics are made that are not there yet. */
final class KafkaOptions {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--partitions",
            description = "Partitions of the commands and events topics when they are made;"
                    + " cannot be changed later (default: " + LedgerTopics.DEFAULT_COMMAND_PARTITIONS + ").")
    private @Nullable Integer commandPartitions;

    @Option(
            names = "--reply-partitions",
            description = "Partitions of the replies topic when it is made (default: "
                    + LedgerTopics.DEFAULT_REPLY_PARTITIONS + ").")
    private @Nullable Integer replyPartitions;

    @Option(
            names = "--replication-factor",
            defaultValue = "" + LedgerTopics.BROKER_DEFAULT,
            description = "Replicas of the topics when they are made; -1 leaves it to the brokers"
                    + " (default: ${DEFAULT-VALUE}).")
    private short replicationFactor;

    boolean hasCluster() {
        return cluster.hasCluster();
    }

    /** Watches for as long as the process runs that Kafka grants it the rights of these roles. */
    static Readiness watchRights(ServerProcess running, Map<String, Object> client, Role... roles) {
        RightsWatch watch = running.add(RightsWatch.start(client, roles));
        return () -> {
            String problem = watch.problem();
            return List.of(new Readiness.Part("rights", problem == null, problem == null ? "granted" : problem));
        };
    }

    /** Properties for clients of the cluster that was named. */
    Map<String, Object> clientProperties() {
        return cluster.clientProperties();
    }

    /** Properties for clients of these brokers; null for those that the file names. */
    Map<String, Object> clientProperties(@Nullable String servers) {
        return cluster.clientProperties(servers);
    }

    LedgerTopics topics() {
        try {
            return new LedgerTopics(
                    requireNonNullElse(commandPartitions, LedgerTopics.DEFAULT_COMMAND_PARTITIONS),
                    requireNonNullElse(replyPartitions, LedgerTopics.DEFAULT_REPLY_PARTITIONS),
                    replicationFactor);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Options that were given in vain, because the topics were there already. */
    List<String> unused(PartitionCounts found) {
        return Stream.of(
                        unused("--partitions", commandPartitions, LedgerTopics.COMMANDS, found.commands()),
                        unused("--reply-partitions", replyPartitions, LedgerTopics.REPLIES, found.replies()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> unused(String option, @Nullable Integer wanted, String topic, int found) {
        return wanted == null || wanted == found
                ? Optional.empty()
                : Optional.of(option + " " + wanted + " has no effect: " + topic + " has " + found
                        + " partitions already, and their number cannot be changed");
    }
}
