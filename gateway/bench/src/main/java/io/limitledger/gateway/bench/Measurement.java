package io.limitledger.gateway.bench;

import java.time.Duration;

/** One side of a contest: does its work for a time, and returns how fast it went. */
@FunctionalInterface
interface Measurement {
    Figures over(Duration duration) throws Exception;
}
