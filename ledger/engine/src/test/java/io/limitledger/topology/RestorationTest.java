package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.Test;

/** A topic that cannot be read is named. */
class RestorationTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 2);

    private long nanos;
    private final List<String> suspended = new ArrayList<>();
    private final Restoration restoration = new Restoration(new Next(), () -> nanos);

    @Test
    void shouldNameAPartitionFromWhichNothingComes() {
        // given
        restoration.onRestoreStart(CHANGELOG, "state", 0, 100);
        restoration.onBatchRestored(CHANGELOG, "state", 40, 40);

        // when
        nanos = Duration.ofSeconds(31).toNanos();

        // then
        assertThat(restoration.stalled())
                .singleElement()
                .asString()
                .startsWith(
                        "topic changelog, partition 2: expected to read the live state up to offset 100, but for 30 s"
                                + " nothing came behind offset 40")
                .contains("limits restore");
    }

    @Test
    void shouldNotNameWhatMovesOrHasEnded() {
        // given
        restoration.onRestoreStart(CHANGELOG, "state", 0, 100);
        restoration.onRestoreStart(new TopicPartition("changelog", 3), "state", 0, 1);
        nanos = Duration.ofSeconds(29).toNanos();
        restoration.onBatchRestored(CHANGELOG, "state", 40, 40);
        restoration.onRestoreEnd(new TopicPartition("changelog", 3), "state", 1);

        // when
        nanos = Duration.ofSeconds(58).toNanos();

        // then
        assertThat(restoration.stalled()).isEmpty();
    }

    @Test
    void shouldCountWhatIsReadAndPassOnThatAPartitionIsTakenAway() {
        // given
        restoration.onRestoreStart(CHANGELOG, "state", 10, 110);
        restoration.onBatchRestored(CHANGELOG, "state", 50, 30);
        long records = restoration.records();
        long read = restoration.read();

        // when
        restoration.onRestoreSuspended(CHANGELOG, "state", 30);

        // then
        assertThat(List.of(records, read)).containsExactly(100L, 30L);
        assertThat(restoration.records()).isZero();
        assertThat(suspended).containsExactly("changelog-2 state 30");
    }

    @Test
    void shouldNameTheTopicOfADamagedRecord() {
        // given
        Throwable failure = new StreamsException(new KafkaException(
                "Received exception when fetching the next record from changelog-2. If needed, please seek past the"
                        + " record to continue consumption.",
                new CorruptRecordException("Record is corrupt")));

        // then
        assertThat(restoration.damageIn(failure))
                .startsWith("topic changelog, partition 2: expected to read every record, but one is damaged");
        assertThat(restoration.damage()).isNotNull();
        assertThat(restoration.damageIn(new StreamsException("another"))).isNull();
    }

    private final class Next implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {}

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {}

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long restored) {}

        @Override
        public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
            suspended.add(changelog + " " + store + " " + restored);
        }
    }
}
