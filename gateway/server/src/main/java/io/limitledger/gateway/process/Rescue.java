package io.limitledger.gateway.process;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a process can do about a ledger that is stuck, beside starting the ledger again. */
public interface Rescue {
    /** The ledger is started again, and nothing else. */
    Rescue NONE = new Rescue() {
        @Override
        public @Nullable Callable<Boolean> restartBroker() {
            return null;
        }

        @Override
        public void end(String sentence) {
            LoggerFactory.getLogger(Rescue.class).error(sentence);
        }
    };

    /** Starts the broker of this process again, and returns whether that could be done; null if the broker is not here. */
    @Nullable
    Callable<Boolean> restartBroker();

    /** Ends the process, so that its supervisor starts it again. */
    void end(String sentence);
}
