package io.limitledger.holder;

import java.net.URI;
import java.time.Duration;

/** The examples of the Java client chapter in the README, so that the compiler checks them. */
abstract class ReadmeExample {
    void holdAndSpend() throws InterruptedException {
        try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:8080"))) {
            try (Lease lease = limits.acquire("database").slots(2).waitingUpTo(Duration.ofSeconds(30))) {
                lease.onLost(reason -> stopWork());
                work();
            } catch (SlotsNotFreeException e) {
                tryAgainIn(e.retryAfter());
            }
            limits.spend("calls").now();
        }
    }

    void settle() throws InterruptedException {
        try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:8080"))) {
            Acquire oneCall = limits.acquire("requests", "tokens")
                    .slots("tokens", 1_200)
                    .key("tokens", "customer-42")
                    .priority(30)
                    .onExpiry(Acquire.OnExpiry.REFUND);
            try (Lease call = oneCall.waitingUpTo(Duration.ofSeconds(30))) {
                long tokens = askTheModel();
                call.settle("tokens", tokens);
            }
        }
    }

    abstract long askTheModel();

    abstract void work();

    abstract void stopWork();

    abstract void tryAgainIn(Duration retryAfter);
}
