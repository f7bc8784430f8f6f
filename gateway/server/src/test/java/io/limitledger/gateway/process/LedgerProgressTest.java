package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class LedgerProgressTest {

    @Test
    void shouldBeReadyWhileItFollows() {
        assertThat(decides(0, 0, 0).isReady()).isTrue();
        assertThat(decides(4, 0, 1).isReady()).isTrue();
        assertThat(decides(9_000, 5_000, 0).isReady()).isTrue();
    }

    @Test
    void shouldNotBeReadyWhereACommandSentNowWouldNotBeDecidedInTime() {
        assertThat(decides(50_000, 8_000, 0).isReady()).isFalse();
        assertThat(decides(1, 0, 3).isReady()).isFalse();
        assertThat(progress(State.REBALANCING, true, 0, 0, 0, 0, 0).isReady()).isFalse();
        assertThat(progress(State.RUNNING, false, 0, 0, 0, 0, 0).isReady()).isFalse();
    }

    @Test
    void shouldSayHowFarItHasComeAndAtWhatPace() {
        assertThat(decides(50_000, 8_000, 0).words()).isEqualTo("50,000 commands behind, deciding 8,000 a second");
        assertThat(progress(State.REBALANCING, true, 0, 0, 20_000, 1_500, 0).words())
                .isEqualTo("reading its state back: 1,500 of 20,000 records");
        assertThat(progress(State.REBALANCING, true, 0, 0, 0, 0, 0).words())
                .isEqualTo("waiting to get its partitions (REBALANCING)");
        assertThat(progress(State.RUNNING, false, 0, 0, 0, 0, 0).words()).isEqualTo("waiting for Kafka to answer");
        assertThat(decides(0, 0, 0).words()).isEqualTo("ready");
    }

    private static LedgerProgress decides(long behind, long perSecond, int stillSeconds) {
        return progress(State.RUNNING, true, behind, perSecond, 0, 0, stillSeconds);
    }

    private static LedgerProgress progress(
            State state,
            boolean kafkaAnswers,
            long behind,
            long perSecond,
            long toRestore,
            long restored,
            int stillSeconds) {
        return new LedgerProgress(
                state, kafkaAnswers, 1_000, behind, perSecond, toRestore, restored, Duration.ofSeconds(stillSeconds));
    }
}
