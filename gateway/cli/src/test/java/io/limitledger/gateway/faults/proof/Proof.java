package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.simulation.EventLaws;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Holds a run against all laws. */
public final class Proof {
    private static final List<Law> LAWS = List.of(
            Proof::brokenByEvents,
            new HoldersFitTogether(),
            new GrantsAreKept(),
            new AnswersAreTheLogs(),
            new LeasesEndOnTime(),
            new RatesAreKept());

    private Proof() {}

    public static List<Finding> violations(History history) {
        return LAWS.stream().flatMap(law -> law.violations(history).stream()).toList();
    }

    /** What the simulation requires of events holds here as well. */
    private static List<Finding> brokenByEvents(History history) {
        return history.events().values().stream()
                .flatMap(events -> EventLaws.brokenBy(events).stream())
                .map(Proof::finding)
                .toList();
    }

    private static Finding finding(EventLaws.Broken broken) {
        LimitEvent event = broken.event();
        return new Finding(
                broken.law(),
                event.limit(),
                LeaseStory.leaseId(event.fact()),
                event.number(),
                event.at(),
                broken.what());
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
