package io.limitledger.audit;

import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events of a ledger, partition by partition. Only what is committed, in the order of the log. */
public interface EventLog extends AutoCloseable {
    int partitions();

    /** Distinguishes this ledger from any other, including one that is made later in its place. */
    String id();

    /** All events there are by now, from an offset on. */
    Iterator<ConsumerRecord<byte[], byte[]>> events(int partition, long from);

    /** The offset behind the last event there is by now. */
    long eventsEnd(int partition);

    /** Ends all reading. */
    @Override
    void close();
}
