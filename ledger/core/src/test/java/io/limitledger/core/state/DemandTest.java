package io.limitledger.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemandTest {
    private final Demand unknown = Demand.unknown(7);

    @Test
    void startsWithAGuess() {
        assertThat(unknown).isEqualTo(new Demand(2, 0, 7));
    }

    @Test
    void movesTowardsWhatIsSeen() {
        assertThat(unknown.occupied(10, 1, 1).averageOccupancySeconds()).isEqualTo(6);
    }

    @Test
    void movesLessTheMoreSlotsThereAre() {
        assertThat(unknown.occupied(10, 1, 4).averageOccupancySeconds()).isEqualTo(3);
    }

    @Test
    void looksAtOneSlotOfManyThatWereHeldTogether() {
        assertThat(unknown.occupied(24, 4, 1).averageOccupancySeconds()).isEqualTo(4);
    }

    @Test
    void neverReckonsWithLessThanATenthOfASecond() {
        assertThat(unknown.occupied(0, 1, 1).averageOccupancySeconds()).isEqualTo(1.05);
    }

    @Test
    void learnsNothingWhilePaused() {
        assertThat(unknown.occupied(10, 1, 0)).isEqualTo(unknown);
    }

    @Test
    void keepsWhatAnOperatorHasSet() {
        assertThat(unknown.denied(3, 9).occupied(10, 1, 1)).isEqualTo(new Demand(6, 3, 9));
    }
}
