package io.limitledger.polling;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How often tests look whether what they wait for has happened, in all modules: at once, and then less and less often.
 * Awaitility's default looks first after 100 ms, which most waits do not take.
 */
public final class SoonAndThenSlower implements BeforeAllCallback {
    private static final Duration SHORTEST = Duration.ofMillis(5);

    /** Some conditions ask a server or read a topic; asked more often they would keep busy what they wait for. */
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(SoonAndThenSlower::next, SHORTEST));
    }

    private static Duration next(Duration previous) {
        Duration longer = previous.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
