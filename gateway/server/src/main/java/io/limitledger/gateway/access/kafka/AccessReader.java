package io.limitledger.gateway.access.kafka;

import io.limitledger.client.TopicFollower;
import io.limitledger.gateway.access.AccessBook;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Brings what is read into the book. */
final class AccessReader implements TopicFollower.Reader {
    private final ReadPosition position;
    private final TopicFollower.Reader records;

    AccessReader(AccessBook book, ReadPosition position) {
        this.position = position;
        this.records = TopicFollower.Reader.each(
                record -> AccessRecordJson.read(record.key(), record.value()).ifPresent(book::apply));
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> read, TopicFollower follower) {
        records.read(read, follower);
        position.reached(follower.position(0));
    }
}
