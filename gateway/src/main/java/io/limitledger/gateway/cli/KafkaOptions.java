package io.limitledger.gateway.cli;

import io.limitledger.gateway.start.StartException;
import io.limitledger.topics.LedgerTopics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to reach Kafka, and how topics are made that are not there yet. */
final class KafkaOptions {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--partitions",
            defaultValue = "" + LedgerTopics.DEFAULT_COMMAND_PARTITIONS,
            description = "Partitions of the commands and events topics when they are made;"
                    + " cannot be changed later (default: ${DEFAULT-VALUE}).")
    private int commandPartitions;

    @Option(
            names = "--reply-partitions",
            defaultValue = "" + LedgerTopics.DEFAULT_REPLY_PARTITIONS,
            description = "Partitions of the replies topic when it is made (default: ${DEFAULT-VALUE}).")
    private int replyPartitions;

    @Option(
            names = "--replication-factor",
            defaultValue = "" + LedgerTopics.BROKER_DEFAULT,
            description = "Replicas of the topics when they are made; -1 leaves it to the brokers"
                    + " (default: ${DEFAULT-VALUE}).")
    private short replicationFactor;

    boolean hasCluster() {
        return cluster.hasCluster();
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
            return new LedgerTopics(commandPartitions, replyPartitions, replicationFactor);
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
