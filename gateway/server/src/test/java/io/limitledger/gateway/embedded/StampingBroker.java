package io.limitledger.gateway.embedded;

import java.lang.StackWalker.Option;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * An embedded broker whose append times are a clock of the test's: all the time that a ledger knows of. What else the
 * broker does, above all its transactions and sessions, keeps to real time, so that the clock may stop and jump.
 */
public final class StampingBroker {
    private StampingBroker() {}

    /**
     * Starts a broker on a free port.
     *
     * @param stamps not behind real time: a record that its producer has stamped an hour ahead of it is refused
     */
    public static EmbeddedBroker start(Path dataDir, Clock stamps) {
        return EmbeddedBroker.start(dataDir, 0, new StampTime(stamps));
    }

    private record StampTime(Clock stamps) implements Time {
        private static final StackWalker CALLERS = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

        /** By its name, since it is not among the parts of Kafka that we compile against. */
        private static final String STAMPS_RECORDS = "org.apache.kafka.storage.internals.log.LogValidator";

        /** The broker has one time for everything; so the caller decides which time is returned. */
        @Override
        public long milliseconds() {
            return CALLERS.getCallerClass().getName().equals(STAMPS_RECORDS) ? stamps.millis() : SYSTEM.milliseconds();
        }

        @Override
        public long nanoseconds() {
            return SYSTEM.nanoseconds();
        }

        @Override
        public void sleep(long millis) {
            SYSTEM.sleep(millis);
        }

        @Override
        public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
                throws InterruptedException {
            SYSTEM.waitObject(object, condition, deadlineMillis);
        }
    }
}
