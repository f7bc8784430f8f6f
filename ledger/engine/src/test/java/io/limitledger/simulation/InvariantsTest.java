package io.limitledger.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each invariant, looking alone, finds a bug that breaks it. */
@Tag("long")
class InvariantsTest {
    /** Most bugs show in the first few; those that need a renewal to be lost at the end of a lease take longer. */
    private static final int SEEDS = 1_000;

    static Stream<Arguments> bugs() {
        return Stream.of(
                bug(NeverAboveTheLimit::new, "grants what it should deny", Planted.grantsWhatItShouldDeny()),
                bug(RatesHold::new, "grants what it should deny", Planted.grantsWhatItShouldDeny()),
                bug(NothingIsGrantedTwice::new, "grants what it should renew", Planted.grantsWhatItShouldRenew()),
                bug(NothingIsFreedTwice::new, "frees what is not held", Planted.freesWhatIsNotHeld()),
                bug(QueueOrder::new, "serves the last in line", Planted.servesTheLastInLine()),
                bug(EventsAreInOrder::new, "leaves gaps", Planted.numbersOnlyWhatChangesSomething()),
                bug(EventsAreInOrder::new, "ticks ahead of time", Planted.ticksAheadOfTime()),
                bug(TimeGoesOn::new, "stands still while a clock is behind", Planted.standsStillWhileAClockIsBehind()),
                bug(LeasesEndInTime::new, "ticks ahead of time", Planted.ticksAheadOfTime()),
                bug(LeasesEndInTime::new, "overlooks expiries", Planted.overlooksExpiries()),
                bug(AbsencesDoNotCount::new, "hears no heartbeats", Planted.hearsNoHeartbeats()),
                bug(AbsencesDoNotCount::new, "prolongs leases twice", Planted.prolongsTwice()),
                bug(WaitsEndInTime::new, "ticks ahead of time", Planted.ticksAheadOfTime()),
                bug(WaitsEndInTime::new, "overlooks the end of waits", Planted.overlooksTheEndOfWaits()),
                bug(GrantsStandInTheLog::new, "promises more than is noted", Planted.promisesMoreThanIsNoted()),
                bug(NaiveModelAgrees::new, "renews for less", Planted.renewsForLess()),
                bug(RecomputationIsEqual::new, "forgets in a restart", Planted.forgetsInARestart()),
                bug(RepliesAreTheSame::new, "answers by itself", Planted.answersByItself()),
                bug(HoldersHold::new, "believes in renewals", Planted.believesInRenewals()),
                bug(AllOrNothing::new, "skips a limit", Planted.skipsALimit()),
                bug(HoldersHold::new, "leaves leases on trial", Planted.leavesLeasesOnTrial()),
                bug(NobodyStartsEarly::new, "reads its own clock", Planted.readsItsOwnClock()),
                bug(ReleasedIsReleased::new, "believes in releases", Planted.believesInReleases()),
                bug(DeniedIsDenied::new, "hears the opposite", Planted.hearsTheOpposite()),
                bug(ALimitIsInOnePlace::new, "leaves without saying so", Planted.leavesWithoutSayingSo()),
                bug(NothingIsOverdue::new, "sends no ticks", Planted.sendsNoTicks()),
                bug(AskersAreAnswered::new, "never gives up", Planted.neverGivesUp()),
                bug(AllComesToAnEnd::new, "keeps what it deletes", Planted.keepsWhatItDeletes()));
    }

    private static Arguments bug(Supplier<Invariant> invariant, String bug, Parts parts) {
        return arguments(invariant.get().name(), bug, invariant, parts);
    }

    @ParameterizedTest(name = "{0} finds one that {1}")
    @MethodSource("bugs")
    void findsAPlantedBug(String name, String bug, Supplier<Invariant> invariant, Parts parts) {
        // when
        Optional<Finding> found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Finding.in(seed, parts, () -> List.of(invariant.get())))
                .flatMap(Optional::stream)
                .findFirst();

        // then
        assertThat(found).map(Finding::violation).map(Violation::invariant).contains(name);
    }

    @Test
    void eachHasItsBug() {
        assertThat(bugs().map(bug -> bug.get()[0]))
                .containsAll(Invariants.all().stream().map(Invariant::name).toList());
    }

    @Test
    void aBugOfTheLedgerIsToldByAShortLog() {
        // when
        Finding found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Finding.in(seed, Planted.grantsWhatItShouldDeny(), Invariants::all))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();

        // then
        assertThat(found.shortestLog())
                .hasValueSatisfying(log -> assertThat(log).hasSizeBetween(2, 6));
        assertThat(found.toString()).contains("seed ", found.violation().invariant(), "PutLimit[", "AcquireLease[");
    }
}
