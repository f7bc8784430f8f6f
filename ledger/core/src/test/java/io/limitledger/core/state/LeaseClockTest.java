package io.limitledger.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseClockTest {
    private static final long START = 1_700_000_000_000L;

    @Test
    void shouldMissNothingBeforeTheFirstHeartbeat() {
        assertThat(LeaseClock.RESTING.stoodStillMillis(START, START + 1_000_000))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 3000, 0", "0, 3001, 1", "0, 10000, 7000", "4000, 10000, 6000", "12000, 13000, 1000"})
    void shouldStopThreeSecondsAfterTheLastHeartbeat(long after, long until, long millis) {
        // given
        LeaseClock clock = LeaseClock.RESTING.heard(START, true);

        // then
        assertThat(clock.stoodStillMillis(START + after, START + until)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 600000, 597000", "0, 601000, 597000", "100000, 601000, 500000", "600000, 602000, 0"})
    void shouldGoOnWithTheNextHeartbeat(long after, long until, long millis) {
        // given
        LeaseClock clock = LeaseClock.RESTING.heard(START, true).heard(START + 600_000, true);

        // then
        assertThat(clock.stoodStillMillis(START + after, START + until)).isEqualTo(millis);
    }

    @Test
    void shouldRestWhereNoLeaseIsHeld() {
        // given
        LeaseClock clock = LeaseClock.RESTING.heard(START, true).heard(START + 60_000, false);

        // then
        assertThat(clock).isEqualTo(LeaseClock.RESTING);
        assertThat(clock.heard(START + 120_000, true).absences()).isEmpty();
    }

    @Test
    void shouldForgetTimeThatTheBrokerTakesBack() {
        // given
        LeaseClock jumped = LeaseClock.RESTING.heard(START, true).heard(START + 3_600_000, true);

        // when
        LeaseClock corrected = jumped.heard(START + 1_000, true).heard(START + 2_000, true);

        // then
        assertThat(corrected).isEqualTo(new LeaseClock(START + 2_000, List.of()));
    }

    @Test
    void shouldCutAnAbsenceShortThatEndsInTimeTakenBack() {
        // given
        LeaseClock jumped = LeaseClock.RESTING.heard(START, true).heard(START + 3_600_000, true);

        // when
        LeaseClock corrected = jumped.heard(START + 10_000, true);

        // then
        assertThat(corrected.stoodStillMillis(START, START + 10_000)).isEqualTo(7_000);
    }

    /** As plain as can be: each millisecond is looked at by itself. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldCountTheMillisecondsInWhichHeartbeatsWereMissing(long seed) {
        // given
        Random random = new Random(seed);
        boolean[] stoodStill = new boolean[200_000];
        LeaseClock clock = LeaseClock.RESTING.heard(0, true);
        int at = 0;
        while (at < 150_000) {
            int next = at + 1 + random.nextInt(8_000);
            for (int millisecond = at + 3_001; millisecond <= next; millisecond++) {
                stoodStill[millisecond] = true;
            }
            at = next;
            clock = clock.heard(at, true);
        }

        // then
        for (int question = 0; question < 100; question++) {
            int after = random.nextInt(at);
            int until = after + random.nextInt(at - after + 1);
            int expected = 0;
            for (int millisecond = after + 1; millisecond <= until; millisecond++) {
                expected += stoodStill[millisecond] ? 1 : 0;
            }
            assertThat(clock.stoodStillMillis(after, until))
                    .as("between %s and %s, %s", after, until, clock)
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldStaySmallAndLoseNothingHoweverOftenTheLedgerComesAndGoes() {
        // given
        LeaseClock clock = LeaseClock.RESTING.heard(START, true);

        // when
        for (int time = 1; time <= 1_000; time++) {
            clock = clock.heard(START + time * 5_000L, true);
        }

        // then
        assertThat(clock.absences()).hasSizeLessThanOrEqualTo(32);
        assertThat(clock.stoodStillMillis(START, START + 5_000_000)).isEqualTo(1_000 * 2_000L);
    }
}
