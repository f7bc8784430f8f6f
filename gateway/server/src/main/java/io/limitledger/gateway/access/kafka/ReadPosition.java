package io.limitledger.gateway.access.kafka;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** How far the topic is read, for those that wait until it is read so far. Safe for use by many threads. */
final class ReadPosition {
    private long offset;

    /** Everything before this offset is in the book. */
    synchronized void reached(long nextOffset) {
        offset = nextOffset;
        notifyAll();
    }

    /**
     * Returns when everything before this offset is in the book.
     *
     * @throws TimeoutException if it is not in time
     */
    synchronized void await(long nextOffset, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        try {
            while (offset < nextOffset) {
                long leftMillis =
                        Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
                if (leftMillis <= 0) {
                    throw new TimeoutException("Expected tokens and rights to be read up to offset " + nextOffset
                            + " within " + patience.toSeconds() + " s, but they are only up to " + offset);
                }
                wait(leftMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
