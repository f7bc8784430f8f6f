package io.limitledger.audit;

import io.limitledger.wire.LedgerKeys;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All records that a verification reads. */
public interface AuditedLog extends EventLog {
    /** All commands that are retained. */
    Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition);

    /** The same from the first on that came at a time, in epoch milliseconds, or later. */
    Iterator<ConsumerRecord<byte[], byte[]>> commandsSince(int partition, long at);

    /** By which commands of ledgers are known. */
    LedgerKeys ledgerKeys();

    /** Where the events ended before the state was read. */
    long eventsBeforeState(int partition);

    /** The changelog of the live state. Read before the events, so that these are never behind it. */
    Iterator<ConsumerRecord<byte[], byte[]>> state(int partition);
}
