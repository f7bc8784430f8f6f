package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.simulation.EventLaws;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks a run against all laws. */
public final class Proof {
    private static final List<Law> LAWS = List.of(
            Proof::brokenByEvents,
            new HoldersFitTheLimit(),
            new GrantsAreKept(),
            new AnswersMatchTheLog(),
            new LeasesEndOnTime(),
            new RatesAreKept());

    private Proof() {}

    public static List<Finding> violations(History history) {
        return LAWS.stream().flatMap(law -> law.violations(history).stream()).toList();
    }

    /** Violations of the laws that the simulation checks as well. */
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
                LeaseEvents.leaseId(event.fact()),
                event.number(),
                event.at(),
                broken.what());
    }

    /** The leases that the log has not ended; empty once every lease has ended. */
    public static Set<UUID> stillHeld(History history) {
        Set<UUID> held = new HashSet<>();
        for (List<LimitEvent> events : history.events().values()) {
            LimitPage page = new LimitPage();
            events.forEach(page::apply);
            held.addAll(page.ends().keySet());
        }
        return held;
    }

    /** The longest delay of an expiry while no fault was active, in milliseconds. */
    public static long latestEndMillis(History history) {
        return LeasesEndOnTime.latestMillis(history);
    }
}
