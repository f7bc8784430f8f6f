package io.limitledger.gateway.faults.proof;

import java.util.List;

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

    /** How late the end of a lease was noticed while nothing was disturbed, at most. */
    public static long latestEndMillis(History history) {
        return LeasesEndOnTime.latestMillis(history);
    }
}
