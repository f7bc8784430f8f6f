package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On which limits a lease id holds or waits, in order of names. A function of the leases and waiters there are, and not
 * of how they came about: a decider that starts on a state must answer like one that saw it grow.
 */
final class LimitsOfLeases {
    private final Map<UUID, String> first = new HashMap<>();
    /** Few ids have more than one limit; the others need no set. */
    private final Map<UUID, NavigableSet<String>> further = new HashMap<>();

    @Nullable
    String first(UUID leaseId) {
        return first.get(leaseId);
    }

    List<String> all(UUID leaseId) {
        String one = first.get(leaseId);
        if (one == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        names.add(one);
        names.addAll(further.getOrDefault(leaseId, Collections.emptyNavigableSet()));
        return names;
    }

    void add(UUID leaseId, String limit) {
        String known = first.putIfAbsent(leaseId, limit);
        if (known == null || known.equals(limit)) {
            return;
        }
        boolean isBefore = limit.compareTo(known) < 0;
        if (isBefore) {
            first.put(leaseId, limit);
        }
        further.computeIfAbsent(leaseId, id -> new TreeSet<>()).add(isBefore ? known : limit);
    }

    void remove(UUID leaseId, String limit) {
        NavigableSet<String> others = further.get(leaseId);
        if (others == null) {
            first.remove(leaseId, limit);
            return;
        }
        if (!others.remove(limit) && limit.equals(first.get(leaseId))) {
            first.put(leaseId, others.first());
            others.remove(others.first());
        }
        if (others.isEmpty()) {
            further.remove(leaseId);
        }
    }
}
