package io.limitledger.audit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How far the events have been read. Counts offsets as well, since only their number is known before. */
final class Progress {
    private static final int EVENTS_BETWEEN = 1_000;

    private final ProgressListener listener;
    private long expected;
    private long passed;
    private long position;
    private long events;

    Progress(ProgressListener listener) {
        this.listener = listener;
    }

    /** Adds offsets to those that are to be read. */
    void expect(long offsets) {
        expected += Math.max(0, offsets);
    }

    /** A partition is read from here on. */
    void begin(long from) {
        position = from;
    }

    void pass(ConsumerRecord<byte[], byte[]> record) {
        passed += record.offset() + 1 - position;
        position = record.offset() + 1;
        if (++events % EVENTS_BETWEEN == 0) {
            // More than expected where the ledger goes on meanwhile.
            listener.read(events, Math.min(1, (double) passed / Math.max(1, expected)));
        }
    }

    long events() {
        return events;
    }
}
