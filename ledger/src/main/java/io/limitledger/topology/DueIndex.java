package io.limitledger.topology;

import io.limitledger.core.state.LedgerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * When something falls due, limit by limit, so that a timer need not look at all of them. A limit that was handed out is
 * handed out again only after a while, unless a decision has set another time: its tick may be under way, or lost.
 */
final class DueIndex {
    private final long againAfterMillis;
    private final TreeSet<Due> order = new TreeSet<>(Due.ORDER);
    private final Map<String, Due> byLimit = new HashMap<>();

    DueIndex(long againAfterMillis) {
        this.againAfterMillis = againAfterMillis;
    }

    void set(String limit, long at) {
        Due before = byLimit.remove(limit);
        if (before != null) {
            order.remove(before);
        }
        if (at != LedgerState.NEVER) {
            Due due = new Due(at, limit);
            byLimit.put(limit, due);
            order.add(due);
        }
    }

    /** At most so many limits that have something due now, the longest overdue first. */
    List<String> take(long now, int atMost) {
        List<String> due = new ArrayList<>();
        while (due.size() < atMost && !order.isEmpty() && order.first().at() <= now) {
            String limit = order.first().limit();
            set(limit, now + againAfterMillis);
            due.add(limit);
        }
        return due;
    }

    /** When the first limit has something due; {@link LedgerState#NEVER} if none will have. */
    long nextAt() {
        return order.isEmpty() ? LedgerState.NEVER : order.first().at();
    }

    /** Milliseconds by which the most overdue limit is late; 0 if none is. */
    long lateMillis(long now) {
        return order.isEmpty() ? 0 : Math.max(0, now - order.first().at());
    }

    private record Due(long at, String limit) {
        static final Comparator<Due> ORDER = Comparator.comparingLong(Due::at).thenComparing(Due::limit);
    }
}
