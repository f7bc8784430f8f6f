package io.limitledger.gateway.bench;

import java.time.Duration;

/** One side of a contest: does its work for so long, and tells how fast it went. */
@FunctionalInterface
interface Measurement {
    Figures over(Duration duration) throws Exception;
}
