package io.limitledger.audit;

import io.limitledger.core.state.HeapRecords;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay has come to, so that another need not read what comes before.
 *
 * @param log which ledger's, by {@link EventLog#id()}
 * @param partitions of that ledger
 * @param parts by partition
 */
public record Checkpoint(String log, int partitions, Map<Integer, Part> parts) {
    /** Nothing has been read. */
    public static final Checkpoint NONE = new Checkpoint("", 0, Map.of());

    /**
     * A partition folded so far.
     *
     * @param next offset before which all events are folded, and none from there on
     * @param latest time of the latest of them by the broker's clock, epoch milliseconds
     */
    record Part(int partition, long next, long latest, HeapRecords records, List<ChainEnd> chains) {
        /** Whether everything that is folded belongs to the scope, and to what the log holds. */
        boolean fits(ReplayScope scope, long end) {
            return latest <= scope.at() && next <= scope.end(partition) && next <= end;
        }
    }

    public Checkpoint {
        parts = Map.copyOf(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether the ledger is the one that this was made of. */
    public boolean isOf(EventLog other) {
        return partitions == other.partitions() && log.equals(other.id());
    }

    @Nullable
    Part part(int partition) {
        return parts.get(partition);
    }
}
