package io.limitledger.gateway.faults;

import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The limits under load: one in each partition that is held, and one that decays.
 *
 * @param slots the names of those that are held
 * @param rate the name of the one that decays
 */
record LoadLimits(List<String> slots, String rate) {
    private static final int PARTITIONS = 4;

    /** One that only one can hold, two that are narrow, and one for wide requests. */
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
