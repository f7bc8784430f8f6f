package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** The orders in which rules look for one limit's leases, waiters and ended leases. Ids only, without the records. */
final class LimitIndex {
    final NavigableSet<Due> expiries = new TreeSet<>(Due.ORDER);
    final NavigableSet<Due> giveUps = new TreeSet<>(Due.ORDER);
    final NavigableSet<Due> ended = new TreeSet<>(Due.ORDER);
    final NavigableMap<Long, UUID> queue = new TreeMap<>();

    /** All ids that are in one of the orders. */
    List<UUID> leaseIds() {
        List<UUID> all = new ArrayList<>(queue.values());
        expiries.forEach(due -> all.add(due.leaseId()));
        ended.forEach(due -> all.add(due.leaseId()));
        return all;
    }

    /** An id and the time at which something happens to it; the id decides between equal times. */
    record Due(long at, UUID leaseId) {
        static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at).thenComparing(Due::leaseId);
    }
}
