package io.limitledger.audit;

import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records that an audit reads, of one partition after the other. Only what is committed, in the order of the log. */
public interface AuditedLog {
    int partitions();

    /** All commands that are retained. */
    Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition);

    /** All events, at least up to those that have made the state. */
    Iterator<ConsumerRecord<byte[], byte[]>> events(int partition);

    /** Where the events ended before the state was read. */
    long eventsBeforeState(int partition);

    /** The changelog of the live state. Read before the events, so that these are never behind it. */
    Iterator<ConsumerRecord<byte[], byte[]>> state(int partition);
}
