package io.limitledger.gateway.metrics;

import java.time.Duration;

/** Bounds of histograms. Few, since each is a time series of its own for every label. */
final class Buckets {
    /** From what a healthy broker needs to what no client waits for. */
    static final Duration[] ANSWERS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private Buckets() {}
}
