package io.limitledger.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Examples; the laws are in {@link BucketLawsTest}. */
class BucketTest {
    /** A third of a slot per second, as near as nano-slots come. */
    private static final long THIRD = 333_333_333;

    private final Bucket full = Bucket.empty(0).withUnleased(2);

    @Test
    void drainsAndCarriesTheFraction() {
        assertThat(full.settledAt(1, THIRD)).isEqualTo(new Bucket(1_999_667, 333, 333_333, 1_999_667, 1));
    }

    @Test
    void drainsDryAndNoFurther() {
        assertThat(full.settledAt(60_000, THIRD)).isEqualTo(new Bucket(0, 2_000_000, 0, 0, 60_000));
    }

    @Test
    void drainsNothingWithoutDecay() {
        assertThat(full.settledAt(60_000, 0)).isEqualTo(new Bucket(2_000_000, 0, 0, 2_000_000, 60_000));
    }

    @Test
    void drainsNothingBackwards() {
        Bucket settled = full.settledAt(1_000, THIRD);

        assertThat(settled.settledAt(999, THIRD)).isEqualTo(settled);
    }

    @Test
    void fitsUpToTheLimit() {
        assertThat(full.fits(1, 3)).isTrue();
        assertThat(full.fits(2, 3)).isFalse();
        assertThat(full.fits(1, 0)).isFalse();
    }

    @Test
    void givesBackAMillionthLessThanTheFractionThatItCarriesMayHaveTaken() {
        Bucket leased = Bucket.empty(0).withLeased(1).settledAt(1, THIRD);

        assertThat(leased.undecayedMicros(Bucket.MICROS, 0)).isEqualTo(Bucket.MICROS - 333 - 1);
    }

    @Test
    void forgetsTheCarryWhenNothingIsLeft() {
        Bucket leased = Bucket.empty(0).withLeased(1).settledAt(1, THIRD);

        assertThat(leased.without(leased.levelMicros())).isEqualTo(new Bucket(0, 333, 0, 0, 1));
    }

    @Test
    void lastsForAgesAtTheMost() {
        Bucket huge = Bucket.empty(0).withUnleased(10_000_000);

        assertThat(huge.millisUntilFits(1, 10_000_000, 1)).isEqualTo(1_000_000_000_000L);
        assertThat(huge.millisUntilFits(10_000_000, 10_000_000, 1)).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void countsTheCarryAsDrainedWhenTheDecayEnds() {
        Bucket leased = Bucket.empty(0).withLeased(1).withLeased(1).settledAt(1, THIRD);
        long undecayed = leased.undecayedMicros(Bucket.MICROS, 0);

        Bucket held = leased.holding(2 * undecayed);

        assertThat(held.undecayedMicros(Bucket.MICROS, 0)).isEqualTo(undecayed);
        assertThat(held.levelMicros()).isEqualTo(2 * undecayed);
    }
}
