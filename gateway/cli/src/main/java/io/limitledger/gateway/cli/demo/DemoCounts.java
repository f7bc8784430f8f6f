package io.limitledger.gateway.cli.demo;

import io.limitledger.gateway.cli.client.GatewayException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the clients were answered so far. */
final class DemoCounts {
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong denied = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    void granted() {
        granted.incrementAndGet();
    }

    /** A denial, or a failure: null if it is not one that a gateway answered. */
    void refused(@Nullable GatewayException failure) {
        boolean isDenied = failure != null && (failure.status() == 429 || failure.status() == 410);
        (isDenied ? denied : failed).incrementAndGet();
    }

    @Override
    public String toString() {
        return granted + " granted, " + denied + " denied"
                + (failed.get() == 0 ? "" : ", " + failed + " without an answer");
    }
}
