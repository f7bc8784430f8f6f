package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.junit.jupiter.api.Test;

/** A topic that cannot be read is named. */
class RestoreWatchTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 2);

    private long nanos;
    private final RestoreWatch watch = new RestoreWatch(new Nobody(), () -> nanos);

    @Test
    void shouldNameAPartitionFromWhichNothingComes() {
        // given
        watch.onRestoreStart(CHANGELOG, "state", 0, 100);
        watch.onBatchRestored(CHANGELOG, "state", 40, 40);

        // when
        nanos = Duration.ofSeconds(31).toNanos();

        // then
        assertThat(watch.stalled())
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
        watch.onRestoreStart(CHANGELOG, "state", 0, 100);
        watch.onRestoreStart(new TopicPartition("changelog", 3), "state", 0, 1);
        nanos = Duration.ofSeconds(29).toNanos();
        watch.onBatchRestored(CHANGELOG, "state", 40, 40);
        watch.onRestoreEnd(new TopicPartition("changelog", 3), "state", 1);

        // when
        nanos = Duration.ofSeconds(58).toNanos();

        // then
        assertThat(watch.stalled()).isEmpty();
    }

    @Test
    void shouldNameTheTopicOfADamagedRecord() {
        // given
        Throwable failure = new StreamsException(new KafkaException(
                "Received exception when fetching the next record from changelog-2. If needed, please seek past the"
                        + " record to continue consumption.",
                new CorruptRecordException("Record is corrupt")));

        // then
        assertThat(watch.damageIn(failure))
                .startsWith("topic changelog, partition 2: expected to read every record, but one is damaged");
        assertThat(watch.damage()).isNotNull();
        assertThat(watch.damageIn(new StreamsException("another"))).isNull();
    }

    private static final class Nobody implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {}

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {}

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long restored) {}
    }
}
