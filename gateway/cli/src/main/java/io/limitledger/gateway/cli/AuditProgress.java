package io.limitledger.gateway.cli;

import io.limitledger.audit.ProgressListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints how far an audit has come, and how long it will still take. */
final class AuditProgress implements ProgressListener {
    private static final long NANOS_BETWEEN = Duration.ofSeconds(2).toNanos();

    private final PrintWriter err;
    private final long startedNanos = System.nanoTime();
    private long toldNanos = startedNanos;

    AuditProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void read(long events, double share) {
        long now = System.nanoTime();
        if (now - toldNanos >= NANOS_BETWEEN) {
            toldNanos = now;
            err.printf(Locale.ROOT, "%s, about %.0f s left%n", soFar(events, share), seconds() * (1 - share) / share);
            err.flush();
        }
    }

    private String soFar(long events, double share) {
        return String.format(Locale.ROOT, "%.0f %%: %s", share * 100, rate(events));
    }

    /** So many events, and how fast. */
    String rate(long events) {
        double seconds = seconds();
        return String.format(Locale.ROOT, "%d events, %.1f s, %.0f events/s", events, seconds, events / seconds);
    }

    double seconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
