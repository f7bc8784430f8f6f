package io.limitledger.gateway.bench;

/**
 * One turn of each side, close together in time, so that whatever else the machine did weighs on both.
 *
 * @param otherWork the share of the processors' time that others had meanwhile, 0 to 1
 */
public record Round(Figures subject, Figures floor, double otherWork) {
    /** How many times as long half of the operations take. */
    public double p50Ratio() {
        return subject.p50Millis() / floor.p50Millis();
    }

    public double p99Ratio() {
        return subject.p99Millis() / floor.p99Millis();
    }

    /** How many times as much work an operation is. */
    public double cpuRatio() {
        return subject.cpuMicros() / floor.cpuMicros();
    }

    /** Which part of the floor's throughput is left. */
    public double throughputRatio() {
        return subject.opsPerSecond() / floor.opsPerSecond();
    }
}
