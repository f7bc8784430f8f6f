package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.LeaseIds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of one limit as they were before a command was decided, made of its events alone. */
public final class PastState {
    private static final int EVENTS_BETWEEN_LOOKS = 1_000;

    private PastState() {}

    /**
     * Reads them. From them the commands can be decided again.
     *
     * @param limit its name
     * @param command offset in the limit's partition of the commands
     * @param listener learns now and then how far the reading has come, and may end it by an exception
     * @return nothing but the records of the limit, and the partition's time where the broker's clock has stepped back
     * @throws IllegalStateException if the events are not whole
     */
    public static HeapRecords before(String limit, long command, EventLog log, ProgressListener listener) {
        int partition = LeaseIds.partition(limit, log.partitions());
        byte[] key = limit.getBytes(StandardCharsets.UTF_8);
        Findings findings = new Findings();
        Fold fold = new Fold(partition, findings);
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.events(partition, 0);
        long aheadMillis = 0;
        for (long count = 1; records.hasNext(); count++) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            if (Arrays.equals(record.key(), key)) {
                EventRecord read = fold.read(record);
                if (read != null && read.event().offset() >= command) {
                    break;
                }
                if (read != null) {
                    fold.apply(read, record);
                    LimitEvent event = read.event();
                    aheadMillis = event.aheadMillis();
                }
            }
            if (count % EVENTS_BETWEEN_LOOKS == 0) {
                listener.read(count, 0);
            }
        }
        for (Finding finding : findings.all()) {
            throw new IllegalStateException("Expected the events to be whole, but " + finding);
        }
        HeapRecords past = fold.records();
        StateRecords.put(past, LeaseClock.RESTING.ahead(aheadMillis));
        return past;
    }
}
