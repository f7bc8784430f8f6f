package io.limitledger.audit;

import io.limitledger.core.state.LedgerState;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which events a replay is made of. An event must lie within both bounds.
 *
 * @param at epoch milliseconds of the latest events; {@link LedgerState#NEVER} for all
 * @param upTo offset of the last event, by partition; to its end where a partition is not named
 * @param limits names of the limits; empty for all
 */
public record ReplayScope(long at, Map<Integer, Long> upTo, Set<String> limits) {
    public static final ReplayScope ALL = new ReplayScope(LedgerState.NEVER, Map.of(), Set.of());

    public ReplayScope {
        upTo = Map.copyOf(upTo);
        limits = Set.copyOf(limits);
    }

    /** One limit, as it was at a time. */
    public static ReplayScope of(String limit, long at) {
        return new ReplayScope(at, Map.of(), Set.of(limit));
    }

    /** Those in which its limits lie. */
    List<Integer> partitions(int all) {
        return IntStream.range(0, all)
                .filter(partition -> limits.isEmpty()
                        || limits.stream().anyMatch(limit -> LeaseIds.partition(limit, all) == partition))
                .boxed()
                .toList();
    }

    /** The offset behind the last event of a partition. */
    long end(int partition) {
        Long last = upTo.get(partition);
        return last == null || last == Long.MAX_VALUE ? Long.MAX_VALUE : last + 1;
    }
}
