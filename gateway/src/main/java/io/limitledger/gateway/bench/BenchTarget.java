package io.limitledger.gateway.bench;

import io.limitledger.topics.PartitionCounts;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param kafka how to reach the broker, on which the echo runs as well
 * @param http where the gateway listens; null leaves HTTP out
 */
public record BenchTarget(
        Map<String, Object> kafka,
        PartitionCounts partitions,
        @Nullable URI http) {}
