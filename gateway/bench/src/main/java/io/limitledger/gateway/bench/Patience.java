package io.limitledger.gateway.bench;

import io.limitledger.gateway.machine.StartException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what others bring about, but not for ever. */
final class Patience {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private Patience() {}

    /** @param what completes the sentence "Expected ..." */
    static void until(BooleanSupplier isSo, String what) throws InterruptedException {
        long startedNanos = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - startedNanos > LIMIT.toNanos()) {
                throw new StartException("Expected " + what + " within " + LIMIT.toSeconds() + " s");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }
}
