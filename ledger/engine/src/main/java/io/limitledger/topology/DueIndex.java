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
    /** When what was handed out, and not decided since, is due. */
    private final Map<String, Long> handedOut = new HashMap<>();

    private long takenAt;

    DueIndex(long againAfterMillis) {
        this.againAfterMillis = againAfterMillis;
    }

    boolean isEmpty() {
        return byLimit.isEmpty();
    }

    void set(String limit, long at) {
        handedOut.remove(limit);
        put(limit, at);
    }

    private void put(String limit, long at) {
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
        if (now < takenAt) {
            // It was taken for later than it is: what was handed out too early is due when it was.
            Map.copyOf(handedOut).forEach(this::set);
        }
        takenAt = now;
        List<String> due = new ArrayList<>();
        while (due.size() < atMost && !order.isEmpty() && order.first().at() <= now) {
            Due first = order.first();
            String limit = first.limit();
            handedOut.putIfAbsent(limit, first.at());
            put(limit, now + againAfterMillis);
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
