package io.limitledger.whatif;

import io.limitledger.whatif.Figures.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Someone to whom it makes a difference.
 *
 * @param name of a key, or what a holder said of itself; empty for all requests without one
 */
public record Shift(Group group, String name, Share was, Share wouldBe) {
    /** A page of a report; the rest differs less. */
    private static final int MOST = 20;

    private static final Share NOTHING = new Share(0, 0, 0, 0);

    /** By what requests are put together. */
    public enum Group {
        KEY,
        HOLDER
    }

    static List<Shift> between(Figures was, Figures wouldBe) {
        List<Shift> shifts = new ArrayList<>();
        add(Group.KEY, was.byKey(), wouldBe.byKey(), shifts);
        add(Group.HOLDER, was.byHolder(), wouldBe.byHolder(), shifts);
        return shifts.stream()
                .sorted(Comparator.comparingDouble(Shift::weight).reversed())
                .limit(MOST)
                .toList();
    }

    private static void add(Group group, Map<String, Share> was, Map<String, Share> wouldBe, List<Shift> shifts) {
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(wouldBe.keySet());
        // Who all are is said by the figures as a whole.
        if (names.size() < 2) {
            return;
        }
        for (String name : names) {
            Shift shift = new Shift(group, name, was.getOrDefault(name, NOTHING), wouldBe.getOrDefault(name, NOTHING));
            if (!shift.was.equals(shift.wouldBe)) {
                shifts.add(shift);
            }
        }
    }

    /** Waited time that differs, in milliseconds; a request that is denied, or no longer, counts as a minute of it. */
    private double weight() {
        double waited = was.meanWaitMillis() * was.granted() - wouldBe.meanWaitMillis() * wouldBe.granted();
        return Math.abs(waited) + 60_000.0 * Math.abs(was.denied() - wouldBe.denied());
    }
}
