package io.limitledger.gateway.faults;

import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The limits of the load: one concurrency limit in each partition, and one rate limit.
 *
 * @param slots names of the concurrency limits
 * @param rate name of the rate limit
 */
record LoadLimits(List<String> slots, String rate) {
    private static final int PARTITIONS = 4;

    /** Slots of the concurrency limits: one for a single holder, two small ones, and one for large requests. */
    private static final List<Integer> SIZES = List.of(1, 3, 4, 12);

    static final int RATE = 10;
    static final int DECAY_PER_SECOND = 20;

    static LoadLimits inAllPartitions() {
        List<String> slots = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> IntStream.iterate(0, number -> number + 1)
                        .mapToObj(number -> "slots-" + number)
                        .filter(name -> LeaseIds.partition(name, PARTITIONS) == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new LoadLimits(slots, "calls");
    }

    int size(String limit) {
        return SIZES.get(slots.indexOf(limit));
    }
}
