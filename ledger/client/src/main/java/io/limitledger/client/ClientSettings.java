package io.limitledger.client;

import io.limitledger.topics.PartitionCounts;
import java.time.Duration;
import java.util.Map;

/**
 * How a client reaches the ledger.
 *
 * @param clientProperties how to reach Kafka: {@code bootstrap.servers}, and whatever else a client needs
 * @param partitions of the ledger's topics
 * @param timeout how long to wait for an answer before the outcome counts as unknown
 * @param maxInFlight commands that may wait for their decision at a time; as many more that only give back, and as many
 *     that wait in a queue
 */
public record ClientSettings(
        Map<String, Object> clientProperties, PartitionCounts partitions, Duration timeout, int maxInFlight) {

    /** Ten times what a busy ledger needs, and still soon enough for somebody who waits. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** About a second's work of one ledger. More would only wait longer. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 20_000;

    public static ClientSettings of(Map<String, Object> clientProperties, PartitionCounts partitions) {
        return new ClientSettings(clientProperties, partitions, DEFAULT_TIMEOUT, DEFAULT_MAX_IN_FLIGHT);
    }
}
