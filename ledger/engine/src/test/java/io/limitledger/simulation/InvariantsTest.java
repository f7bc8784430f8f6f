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

/** Each invariant, checked alone, finds a bug that violates it. */
@Tag("long")
class InvariantsTest {
    /**
     * Most bugs show in the first few seeds; those that require a renewal to be lost near the end of a lease need more.
     */
    private static final int SEEDS = 2_000;

    static Stream<Arguments> bugs() {
        return Stream.of(
                bug(NeverAboveTheLimit::new, "grants what it should deny", PlantedBugs.grantsWhatItShouldDeny()),
                bug(RatesAreKept::new, "grants what it should deny", PlantedBugs.grantsWhatItShouldDeny()),
                bug(QuotasAreKept::new, "grants beyond quotas", PlantedBugs.grantsBeyondQuotasAndKeys()),
                bug(
                        KeysAreWithinTheirBounds::new,
                        "grants beyond bounds of keys",
                        PlantedBugs.grantsBeyondQuotasAndKeys()),
                bug(OnlyOwnersEndLeases::new, "ignores owners", PlantedBugs.ignoresOwners()),
                bug(OnlyOwnersEndLeases::new, "gives leases to who made room", PlantedBugs.givesLeasesToWhoMadeRoom()),
                bug(FencesRise::new, "hands out one fence", PlantedBugs.handsOutOneFence()),
                bug(NothingIsGrantedTwice::new, "grants what it should renew", PlantedBugs.grantsWhatItShouldRenew()),
                bug(NothingIsFreedTwice::new, "frees slots that are not held", PlantedBugs.freesSlotsThatAreNotHeld()),
                bug(QueueOrder::new, "serves the last in the queue", PlantedBugs.servesTheLastInTheQueue()),
                bug(EventsAreInOrder::new, "reuses numbers for denials", PlantedBugs.reusesNumbersForDenials()),
                bug(EventsAreInOrder::new, "ticks ahead of time", PlantedBugs.ticksAheadOfTime()),
                bug(
                        PartitionTimeIsExact::new,
                        "stops time while a clock is behind",
                        PlantedBugs.stopsTimeWhileAClockIsBehind()),
                bug(LeasesEndOnTime::new, "ticks ahead of time", PlantedBugs.ticksAheadOfTime()),
                bug(LeasesEndOnTime::new, "overlooks expiries", PlantedBugs.overlooksExpiries()),
                bug(AbsencesProlongLeases::new, "ignores heartbeats", PlantedBugs.ignoresHeartbeats()),
                bug(AbsencesProlongLeases::new, "prolongs leases twice", PlantedBugs.prolongsTwice()),
                bug(WaitsEndOnTime::new, "ticks ahead of time", PlantedBugs.ticksAheadOfTime()),
                bug(WaitsEndOnTime::new, "overlooks the end of waits", PlantedBugs.overlooksTheEndOfWaits()),
                bug(
                        GrantsAreInTheLog::new,
                        "reports a later end than it records",
                        PlantedBugs.reportsALaterEndThanItRecords()),
                bug(NaiveModelAgrees::new, "shortens renewals", PlantedBugs.shortensRenewals()),
                bug(
                        RecomputationIsEqual::new,
                        "forgets ended leases in a restart",
                        PlantedBugs.forgetsEndedLeasesInARestart()),
                bug(
                        RepliesAreRepeatable::new,
                        "replies differently per instance",
                        PlantedBugs.repliesDifferentlyPerInstance()),
                bug(
                        HoldersHaveTheirLeases::new,
                        "assumes that lost renewals succeeded",
                        PlantedBugs.assumesThatLostRenewalsSucceeded()),
                bug(AllOrNothing::new, "skips a limit", PlantedBugs.skipsALimit()),
                bug(HoldersHaveTheirLeases::new, "leaves leases unconfirmed", PlantedBugs.leavesLeasesUnconfirmed()),
                bug(NoClientStartsEarly::new, "reads its own clock", PlantedBugs.readsItsOwnClock()),
                bug(
                        ReleasedIdsHoldNothing::new,
                        "assumes that lost releases succeeded",
                        PlantedBugs.assumesThatLostReleasesSucceeded()),
                bug(DeniedIdsHoldNothing::new, "takes grants for denials", PlantedBugs.takesGrantsForDenials()),
                bug(ALimitIsInOnePlace::new, "moves a limit without an event", PlantedBugs.movesALimitWithoutAnEvent()),
                bug(NothingIsOverdue::new, "sends no ticks", PlantedBugs.sendsNoTicks()),
                bug(AcquiresAreAnswered::new, "never gives up", PlantedBugs.neverGivesUp()),
                bug(EverythingEnds::new, "ignores deletes", PlantedBugs.ignoresDeletes()));
    }

    private static Arguments bug(Supplier<Invariant> invariant, String bug, Parts parts) {
        return arguments(invariant.get().name(), bug, invariant, parts);
    }

    @ParameterizedTest(name = "{0} finds a ledger or client that {1}")
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
    void everyInvariantHasAPlantedBug() {
        assertThat(bugs().map(bug -> bug.get()[0]))
                .containsAll(Invariants.all().stream().map(Invariant::name).toList());
    }

    @Test
    void aBugInTheLedgerIsReportedWithAShortLog() {
        // when
        Finding found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Finding.in(seed, PlantedBugs.grantsWhatItShouldDeny(), Invariants::all))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();

        // then
        assertThat(found.shortestLog())
                .hasValueSatisfying(log -> assertThat(log).hasSizeBetween(2, 6));
        assertThat(found.toString()).contains("seed ", found.violation().invariant(), "PutLimit[", "AcquireLease[");
    }
}
