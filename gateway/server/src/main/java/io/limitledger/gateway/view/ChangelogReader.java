package io.limitledger.gateway.view;

import io.limitledger.client.TopicFollower;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads the changelog of the ledger's store into the view. */
final class ChangelogReader implements TopicFollower.Reader {
    private final ViewState state;
    private final ViewPosition position;

    ChangelogReader(ViewState state, ViewPosition position) {
        this.state = state;
        this.position = position;
    }

    @Override
    public void begin(Map<Integer, Long> offsets) {
        state.clear();
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records, TopicFollower follower) {
        for (TopicPartition partition : records.partitions()) {
            long offset = state.apply(newest(records, partition, follower).values(), follower::passOver);
            position.seen(partition.partition(), offset);
        }
        position.wake();
        if (follower.caughtUp().isDone()) {
            position.gather();
        }
    }

    /** Only the last record of each key: a busy limit's own comes with every decision. */
    private static Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest(
            ConsumerRecords<byte[], byte[]> records, TopicPartition partition, TopicFollower follower) {
        Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
            if (record.key() == null) {
                follower.passOver(record, "it has no key");
            } else {
                ByteBuffer key = ByteBuffer.wrap(record.key());
                newest.remove(key);
                newest.put(key, record);
            }
        }
        return newest;
    }
}
