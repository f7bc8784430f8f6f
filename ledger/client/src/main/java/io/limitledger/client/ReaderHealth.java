package io.limitledger.client;

import io.limitledger.timer.Throttle;
import io.limitledger.wire.PlainText;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;

/**
 * How a thread that reads a topic fares: whether its last attempt failed, and what it passed over. Whatever others wrote to
 * the topic, the thread goes on; each kind of line is logged once a minute at most. Safe for use by many threads.
 */
public final class ReaderHealth {
    private final Logger log;
    private final String what;
    private final Throttle failures = new Throttle();
    private final Throttle passedOver = new Throttle();
    private volatile boolean isFailing;

    /** @param what is read, to complete the sentence "Could not read ..." */
    public ReaderHealth(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** An attempt failed, and will be repeated. */
    public void failed(Throwable failure) {
        isFailing = true;
        long held = failures.pass();
        if (held != Throttle.HELD_BACK) {
            log.warn("Could not read {}; trying again ({} more since the last such line)", what, held, failure);
        }
    }

    /** An attempt succeeded. */
    public void works() {
        isFailing = false;
    }

    /** Whether the last attempt failed: what was read is out of date. */
    public boolean isFailing() {
        return isFailing;
    }

    /** A record is not what the topic holds; it is as if it was not there. */
    public void passedOver(ConsumerRecord<?, ?> record, String why) {
        long held = passedOver.pass();
        if (held != Throttle.HELD_BACK) {
            log.warn(
                    "Passed over a record of {}, partition {}, offset {}, which a ledger did not write"
                            + " ({} more since the last such line): {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    held,
                    PlainText.of(why));
        }
    }
}
