package io.limitledger.core.state;

import io.limitledger.core.state.Waiter.Rank;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of a queue in which keys, or head starts, have a say. Each group of waiters is a queue of its own; the first of a
 * group takes part in the order of turns as soon as its key's own bounds have room. So a key that is full blocks only its own.
 *
 * <p>A function of the records: what is asked at a time depends on nothing else, however the queue came about.
 */
final class OrderedQueue {
    private static final Comparator<Head> FIFO = Comparator.comparing(Head::rank);
    private static final Comparator<Head> FAIR = Comparator.comparingLong(Head::share)
            .thenComparingLong(Head::virtualTime)
            .thenComparing(Head::rank);
    private static final Comparator<Head> BY_ROOM =
            Comparator.comparingLong(Head::roomAt).thenComparing(Head::group);
    private static final Comparator<Head> BY_VIRTUAL_TIME =
            Comparator.comparingLong(Head::virtualTime).thenComparing(Head::group);

    private final Comparator<Head> order;
    private final Map<String, NavigableMap<Rank, UUID>> groups = new HashMap<>();
    private final Map<String, Head> heads = new HashMap<>();
    /** Those whose key has room. */
    private final NavigableSet<Head> ready;
    /** Those whose key has room later, or not before something comes back. */
    private final NavigableSet<Head> full = new TreeSet<>(BY_ROOM);

    private final NavigableSet<Head> byVirtualTime = new TreeSet<>(BY_VIRTUAL_TIME);

    OrderedQueue(boolean isFair) {
        this.order = isFair ? FAIR : FIFO;
        this.ready = new TreeSet<>(order);
    }

    /**
     * The first of a group.
     *
     * @param share what its key occupies, by its weight
     * @param virtualTime how much its key has been served
     * @param roomAt from when on its key's own bounds have room for it, in epoch milliseconds
     */
    record Head(String group, long share, long virtualTime, Rank rank, UUID leaseId, long roomAt) {}

    void add(String group, Rank rank, UUID leaseId) {
        groups.computeIfAbsent(group, name -> new TreeMap<>()).put(rank, leaseId);
    }

    void remove(String group, Rank rank) {
        NavigableMap<Rank, UUID> queue = groups.get(group);
        if (queue != null) {
            queue.remove(rank);
            if (queue.isEmpty()) {
                groups.remove(group);
            }
        }
    }

    /** The first of a group, by its rank; null if none waits in it. */
    Map.@Nullable Entry<Rank, UUID> firstOf(String group) {
        NavigableMap<Rank, UUID> queue = groups.get(group);
        return queue == null ? null : queue.firstEntry();
    }

    /** All of a group, in order. */
    Iterable<UUID> all(String group) {
        NavigableMap<Rank, UUID> queue = groups.get(group);
        return queue == null ? List.of() : queue.values();
    }

    long size(String group) {
        NavigableMap<Rank, UUID> queue = groups.get(group);
        return queue == null ? 0 : queue.size();
    }

    /** Takes note of what has become of a group; null if no one waits in it any more. */
    void put(String group, @Nullable Head head) {
        Head before = heads.remove(group);
        if (before != null) {
            ready.remove(before);
            full.remove(before);
            byVirtualTime.remove(before);
        }
        if (head != null) {
            heads.put(group, head);
            full.add(head);
            byVirtualTime.add(head);
        }
    }

    @Nullable
    Head first(long at) {
        notice(at);
        return ready.isEmpty() ? null : ready.first();
    }

    /** Whether a newcomer would be the first, once its group had room. */
    boolean isFirst(Head newcomer, long at) {
        notice(at);
        Head same = heads.get(newcomer.group());
        if (same != null && same.rank().compareTo(newcomer.rank()) < 0) {
            return false;
        }
        Head first = ready.isEmpty() ? null : ready.first();
        return first == null || first.equals(same) || order.compare(newcomer, first) < 0;
    }

    long firstRoomAt() {
        return full.isEmpty() ? LedgerState.NEVER : full.first().roomAt();
    }

    @Nullable
    Long leastVirtualTime() {
        return byVirtualTime.isEmpty() ? null : byVirtualTime.first().virtualTime();
    }

    /** Those that have room by then take part. */
    private void notice(long at) {
        while (!full.isEmpty() && full.first().roomAt() <= at) {
            ready.add(full.pollFirst());
        }
    }
}
