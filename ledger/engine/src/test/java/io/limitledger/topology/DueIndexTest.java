package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.LedgerState;
import org.junit.jupiter.api.Test;

/** Which limits have something due, and when they are asked for again. */
class DueIndexTest {
    private final DueIndex due = new DueIndex(500);

    @Test
    void shouldHandOutNothingBeforeItsTime() {
        // given
        due.set("a", 100);

        // then
        assertThat(due.take(99, 10)).isEmpty();
        assertThat(due.take(100, 10)).containsExactly("a");
    }

    @Test
    void shouldHandOutTheLongestOverdueFirst() {
        // given
        due.set("c", 30);
        due.set("a", 20);
        due.set("b", 20);
        due.set("later", 31);

        // then
        assertThat(due.take(30, 2)).containsExactly("a", "b");
        assertThat(due.take(30, 2)).containsExactly("c");
    }

    @Test
    void shouldHandOutAgainOnlyAfterAWhile() {
        // given
        due.set("a", 100);
        due.take(150, 10);

        // then
        assertThat(due.take(649, 10)).isEmpty();
        assertThat(due.take(650, 10)).containsExactly("a");
        assertThat(due.take(1_149, 10)).isEmpty();
    }

    @Test
    void shouldHandOutInTimeWhatItHandedOutTooEarly() {
        // given
        due.set("a", 5_000);
        due.take(3_600_000, 10);

        // then
        assertThat(due.take(1_000, 10)).isEmpty();
        assertThat(due.take(5_000, 10)).containsExactly("a");
    }

    @Test
    void shouldFollowADecisionAtOnce() {
        // given
        due.set("a", 100);
        due.take(150, 10);

        // when
        due.set("a", 160);

        // then
        assertThat(due.take(160, 10)).containsExactly("a");
    }

    @Test
    void shouldForgetWhatIsNeverDue() {
        // given
        due.set("a", 100);

        // when
        due.set("a", LedgerState.NEVER);
        due.set("b", LedgerState.NEVER);

        // then
        assertThat(due.take(Long.MAX_VALUE - 1, 10)).isEmpty();
    }

    @Test
    void shouldTellHowLateTheLatestIs() {
        assertThat(due.lateMillis(1_000)).isZero();

        // given
        due.set("a", 100);
        due.set("b", 400);

        // then
        assertThat(due.lateMillis(50)).isZero();
        assertThat(due.lateMillis(500)).isEqualTo(400);
        due.take(500, 1);
        assertThat(due.lateMillis(500)).isEqualTo(100);
    }
}
