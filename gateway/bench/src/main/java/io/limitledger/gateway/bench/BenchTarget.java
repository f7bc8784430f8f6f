package io.limitledger.gateway.bench;

import io.limitledger.client.LocalAskers;
import io.limitledger.topics.PartitionCounts;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param kafka how to reach the broker, on which the echo runs as well
 * @param local where a ledger in this process finds who asks it; null leaves answers in memory out
 * @param http where the gateway listens; null leaves HTTP out
 */
public record BenchTarget(
        Map<String, Object> kafka,
        PartitionCounts partitions,
        @Nullable LocalAskers local,
        @Nullable URI http) {}
