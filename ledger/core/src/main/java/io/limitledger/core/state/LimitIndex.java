package io.limitledger.core.state;

import java.util.ArrayList;
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

/** The orders in which rules look for one limit's leases, waiters and ended leases. Ids only, without the records. */
final class LimitIndex {
    final NavigableSet<Due> expiries = new TreeSet<>(Due.ORDER);
    final NavigableSet<Due> giveUps = new TreeSet<>(Due.ORDER);
    final NavigableSet<Due> ended = new TreeSet<>(Due.ORDER);
    final NavigableMap<Long, UUID> queue = new TreeMap<>();
    /** All keys that have a record, and from when on each is idle. */
    final Map<String, Long> keys = new HashMap<>();

    final NavigableSet<IdleKey> idle = new TreeSet<>(IdleKey.ORDER);

    /** What the rest was computed from; null while the limit is not known. */
    @Nullable
    Definition definition;

    /** The order of turns where it is not that of arrival; null where it is. */
    @Nullable
    OrderedQueue turns;

    /** All ids that are in one of the orders. */
    List<UUID> leaseIds() {
        List<UUID> all = new ArrayList<>(queue.values());
        expiries.forEach(due -> all.add(due.leaseId()));
        ended.forEach(due -> all.add(due.leaseId()));
        return all;
    }

    /** A key and the time from which on it is idle; its name decides between equal times. */
    record IdleKey(long at, String key) {
        static final Comparator<IdleKey> ORDER =
                Comparator.comparingLong(IdleKey::at).thenComparing(IdleKey::key);
    }

    /** An id and the time at which something happens to it; the id decides between equal times. */
    record Due(long at, UUID leaseId) {
        static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at).thenComparing(Due::leaseId);
    }
}
