package io.limitledger.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what was found, the first of each kind about each limit: one event that was altered makes all behind it look
 * wrong as well.
 */
public final class Findings {
    private static final int MOST = 1_000;

    private final List<Finding> all = new ArrayList<>();
    private final Map<Finding.Kind, Set<String>> limits = new EnumMap<>(Finding.Kind.class);
    private long left;

    void add(Finding finding) {
        boolean isFirst = limits.computeIfAbsent(finding.kind(), kind -> new HashSet<>())
                .add(finding.partition() + "/" + finding.limit());
        if (isFirst && all.size() < MOST) {
            all.add(finding);
        } else {
            left++;
        }
    }

    /** At most a thousand. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** How many more there are, most of which follow from those that are reported. */
    public long left() {
        return left;
    }
}
