package io.limitledger.simulation;

import io.limitledger.client.Sending;
import io.limitledger.client.SimulatedClient;
import io.limitledger.core.state.Asker;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** The connection of a process to the log and to the replies. */
final class Client {
    private Client() {}

    static Sending of(String name, Host host, Cluster cluster) {
        Producer producer = new Producer(cluster, host, cluster.random, false);
        SimulatedClient client = new SimulatedClient(
                (command, partition, by, correlationId, appended, unknown) -> producer.send(
                        command,
                        partition,
                        correlationId == null ? null : new Asker("limits.replies", 0, name, correlationId),
                        by,
                        entry -> appended.accept(metadata(partition, entry.offset(), entry.timestamp())),
                        unknown),
                Cluster.PARTITIONS,
                host);
        cluster.listen(name, host, (correlationId, answer) -> host.run(() -> client.answered(correlationId, answer)));
        return cluster.parts.sender(client);
    }

    private static RecordMetadata metadata(int partition, long offset, long timestamp) {
        return new RecordMetadata(new TopicPartition("limits.commands", partition), offset, 0, timestamp, 0, 0);
    }
}
