package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Reader;
import io.limitledger.client.TopicFollower.Start;
import io.limitledger.wire.UnreadableRecordException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thread reads on, whatever Kafka, the records and the reader do. */
class TopicFollowerTest {
    private static final String TOPIC = "events";
    private static final int PARTITIONS = 2;

    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final Notes notes = new Notes();
    private TopicFollower follower;

    /** Notes what a reader is given, and fails as often as it is asked to. */
    private static final class Notes implements Reader {
        final List<Map<Integer, Long>> begins = new CopyOnWriteArrayList<>();
        final List<Long> offsets = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public void begin(Map<Integer, Long> from) {
            begins.add(from);
        }

        @Override
        public void read(ConsumerRecords<byte[], byte[]> records, TopicFollower follower) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("as asked");
                }
                offsets.add(record.offset());
            }
        }
    }

    @AfterEach
    void close() {
        if (follower != null) {
            follower.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,10,20", "8,3,12", "9223372036854775807,3,0"})
    void shouldBeginInEachPartitionWhereItsStartSays(long beforeEnd, long first, long second) {
        // given
        create(Map.of(0, 3L, 1, 0L), Map.of(0, 10L, 1, 20L));

        // when
        follow(new Start(beforeEnd), notes);

        // then
        await().until(() -> !notes.begins.isEmpty());
        assertThat(notes.begins.get(0)).isEqualTo(Map.of(0, first, 1, second));
    }

    @Test
    void shouldBeUpToDateAtOnceWhereItBeginsAtTheEnd() {
        // given
        create(Map.of(0, 3L, 1, 0L), Map.of(0, 10L, 1, 20L));

        // when
        follow(Start.END, notes);

        // then
        await().until(follower::isUpToDate);
        assertThat(follower.caughtUp()).isCompleted();
    }

    @Test
    void shouldBeUpToDateOnceItHasReadWhatThereWas() {
        // given
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 2L, 1, 0L));
        follow(Start.BEGINNING, notes);

        // when
        arrive(0);
        await().until(() -> notes.offsets.size() == 1);
        boolean wasUpToDate = follower.isUpToDate();
        arrive(1);

        // then
        assertThat(wasUpToDate).isFalse();
        await().until(follower::isUpToDate);
        assertThat(notes.offsets).containsExactly(0L, 1L);
    }

    @Test
    void shouldWaitForATopicThatIsCreatedLater() {
        // given
        follow(Start.BEGINNING, notes);

        // when
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 0L, 1, 0L));

        // then
        await().until(follower::isUpToDate);
        assertThat(notes.begins).hasSize(1);
    }

    @Test
    void shouldGoOnWhereItWasAfterKafkaFailed() {
        // given
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 0L, 1, 0L));
        follow(Start.BEGINNING, notes);
        arrive(0);
        await().until(() -> notes.offsets.size() == 1);

        // when
        kafka.setPollException(new KafkaException("as asked"));
        arrive(1);

        // then
        await().until(() -> notes.offsets.size() == 2);
        await().until(follower::isUpToDate);
        assertThat(notes.begins).hasSize(1);
        assertThat(notes.offsets).containsExactly(0L, 1L);
    }

    @Test
    void shouldBeginAnewAfterItsReaderFailed() {
        // given
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 0L, 1, 0L));
        follow(Start.BEGINNING, notes);
        await().until(follower::isUpToDate);
        CompletableFuture<Void> before = follower.caughtUp();
        notes.failures.set(1);

        // when
        arrive(0);

        // then
        await().until(() -> notes.begins.size() == 2);
        assertThat(follower.caughtUp()).isNotSameAs(before);
        arrive(0);
        await().until(() -> notes.offsets.size() == 1);
        await().until(follower::isUpToDate);
    }

    @Test
    void shouldPassOverARecordThatCannotBeRead() {
        // given
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 0L, 1, 0L));
        List<Long> read = new CopyOnWriteArrayList<>();
        follow(Start.END, Reader.each(record -> {
            if (record.offset() == 0) {
                throw new UnreadableRecordException("as asked");
            }
            if (record.offset() == 1) {
                throw new StackOverflowError();
            }
            read.add(record.offset());
        }));

        // when
        IntStream.range(0, 3).forEach(this::arrive);

        // then
        await().until(() -> read.equals(List.of(2L)));
        assertThat(follower.isUpToDate()).isTrue();
    }

    @Test
    void shouldCloseItsConsumer() {
        // given
        create(Map.of(0, 0L, 1, 0L), Map.of(0, 0L, 1, 0L));
        follow(Start.END, notes);
        await().until(follower::isUpToDate);

        // when
        follower.close();

        // then
        assertThat(kafka.closed()).isTrue();
        assertThat(follower.isUpToDate()).isFalse();
    }

    private void follow(Start start, Reader reader) {
        Plan plan = Plan.ofTopic("the events", TOPIC, PARTITIONS, start, IsolationLevel.READ_COMMITTED);
        follower = new TopicFollower(plan, kafka, reader).start();
    }

    private void create(Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
        beginnings.forEach((partition, offset) -> kafka.updateBeginningOffsets(Map.of(at(partition), offset)));
        ends.forEach((partition, offset) -> kafka.updateEndOffsets(Map.of(at(partition), offset)));
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new PartitionInfo(TOPIC, partition, null, null, null))
                .toList();
        kafka.updatePartitions(TOPIC, partitions);
    }

    private void arrive(long offset) {
        kafka.schedulePollTask(
                () -> kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[] {1}, new byte[] {2})));
    }

    private static TopicPartition at(int partition) {
        return new TopicPartition(TOPIC, partition);
    }
}
