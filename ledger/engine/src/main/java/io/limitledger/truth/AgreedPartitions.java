package io.limitledger.truth;

import io.limitledger.topics.LedgerTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.streams.processor.internals.StreamsPartitionAssignor;

/**
 * The assignor of Kafka Streams, which sees no partitions of the commands beyond those that the ledger was made with. A
 * topic that grows would otherwise give tasks without events and without a changelog, at which the whole group would stop.
 */
public final class AgreedPartitions extends StreamsPartitionAssignor {
    /** Setting of the consumer: how many partitions of the commands are decided. */
    static final String AGREED = "limit.ledger.command.partitions";

    private int agreed = Integer.MAX_VALUE;

    @Override
    public void configure(Map<String, ?> settings) {
        super.configure(settings);
        if (settings.get(AGREED) instanceof Integer number) {
            agreed = number;
        }
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription subscriptions) {
        return super.assign(known(cluster), subscriptions);
    }

    private Cluster known(Cluster cluster) {
        List<PartitionInfo> partitions = new ArrayList<>();
        for (String topic : cluster.topics()) {
            for (PartitionInfo partition : cluster.partitionsForTopic(topic)) {
                if (!topic.equals(LedgerTopics.COMMANDS) || partition.partition() < agreed) {
                    partitions.add(partition);
                }
            }
        }
        return new Cluster(
                cluster.clusterResource().clusterId(),
                cluster.nodes(),
                partitions,
                cluster.unauthorizedTopics(),
                cluster.invalidTopics(),
                cluster.internalTopics(),
                cluster.controller());
    }
}
