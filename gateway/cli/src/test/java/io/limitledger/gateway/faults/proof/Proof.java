package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Holds a run against all laws. */
public final class Proof {
    private static final List<Law> LAWS = List.of(
            new EventsAreNumbered(),
            new NeverAboveTheLimit(),
            new HoldersFitTogether(),
            new NothingGrantedTwice(),
            new GrantsAreKept(),
            new AnswersAreTheLogs(),
            new WaitersInOrder(),
            new LeasesEndOnTime(),
            new RatesAreKept());

    private Proof() {}

    public static List<Finding> violations(History history) {
        return LAWS.stream().flatMap(law -> law.violations(history).stream()).toList();
    }

    /** The leases that the log has not ended; none once nothing is held any more. */
    public static Set<UUID> stillHeld(History history) {
        Set<UUID> held = new HashSet<>();
        for (List<LimitEvent> events : history.events().values()) {
            LimitPage page = new LimitPage();
            events.forEach(page::apply);
            held.addAll(page.ends().keySet());
        }
        return held;
    }

    /** How late the end of a lease was noticed while nothing was disturbed, at most. */
    public static long latestEndMillis(History history) {
        return LeasesEndOnTime.latestMillis(history);
    }
}
