package io.limitledger.simulation;

import java.util.List;

/** All invariants. */
final class Invariants {
    private Invariants() {}

    /** New invariants for one run; some keep state. */
    static List<Invariant> all() {
        return List.of(
                new NeverAboveTheLimit(),
                new RatesAreKept(),
                new QuotasAreKept(),
                new KeysAreWithinTheirBounds(),
                new FencesRise(),
                new OnlyOwnersEndLeases(),
                new NothingIsGrantedTwice(),
                new NothingIsFreedTwice(),
                new QueueOrder(),
                new EventsAreInOrder(),
                new PartitionTimeIsExact(),
                new LeasesEndOnTime(),
                new AbsencesProlongLeases(),
                new WaitsEndOnTime(),
                new GrantsAreInTheLog(),
                new NaiveModelAgrees(),
                new RecomputationIsEqual(),
                new RepliesAreRepeatable(),
                new HoldersHaveTheirLeases(),
                new AllOrNothing(),
                new ALimitIsInOnePlace(),
                new NoClientStartsEarly(),
                new ReleasedIdsHoldNothing(),
                new DeniedIdsHoldNothing(),
                new NothingIsOverdue(),
                new AcquiresAreAnswered(),
                new EverythingEnds());
    }
}
