package io.limitledger.simulation;

import java.util.List;

/** All that must hold. */
final class Invariants {
    private Invariants() {}

    /** For one run; some remember what they have seen. */
    static List<Invariant> all() {
        return List.of(
                new NeverAboveTheLimit(),
                new RatesHold(),
                new NothingIsGrantedTwice(),
                new NothingIsFreedTwice(),
                new QueueOrder(),
                new EventsAreInOrder(),
                new TimeGoesOn(),
                new LeasesEndInTime(),
                new AbsencesDoNotCount(),
                new WaitsEndInTime(),
                new GrantsStandInTheLog(),
                new NaiveModelAgrees(),
                new RecomputationIsEqual(),
                new RepliesAreTheSame(),
                new HoldersHold(),
                new AllOrNothing(),
                new ALimitIsInOnePlace(),
                new NobodyStartsEarly(),
                new ReleasedIsReleased(),
                new DeniedIsDenied(),
                new NothingIsOverdue(),
                new AskersAreAnswered(),
                new AllComesToAnEnd());
    }
}
