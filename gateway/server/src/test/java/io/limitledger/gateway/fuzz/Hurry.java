package io.limitledger.gateway.fuzz;

import io.limitledger.gateway.http.GatewayExtension;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets time run, a minute in some milliseconds, so that waiters are answered soon. */
final class Hurry implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final long PACE_MILLIS = 5;

    private final GatewayExtension gateway;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "hurry"));

    Hurry(GatewayExtension gateway) {
        this.gateway = gateway;
        var unused = thread.scheduleAtFixedRate(this::goOn, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void goOn() {
        gateway.ledger().advance(STEP);
        long until = gateway.timer().nowMillis() + STEP.toMillis();
        while (gateway.timer().nowMillis() < until) {
            gateway.timer().step(until);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
    }
}
