package io.limitledger.gateway.metrics;

import io.limitledger.client.LedgerClient;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.tls.ServerCertificate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times the requests of this gateway, by route and status, and watches its client of the ledger. */
public final class GatewayMeters implements HttpObserver {
    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    private record Kind(String route, int status) {}

    public GatewayMeters(MeterRegistry registry, LedgerClient client) {
        this.registry = registry;
        Gauge.builder("limits.gateway.in.flight", client, LedgerClient::inFlight)
                .description("Commands that wait for their answers")
                .register(registry);
        Gauge.builder("limits.gateway.undecided", client, LedgerClient::undecided)
                .description(
                        "Commands that wait for their decision, without those that wait in a queue or only give back")
                .register(registry);
        FunctionCounter.builder("limits.gateway.late.replies", client, LedgerClient::lateReplies)
                .description("Answers that came after their request had ended")
                .register(registry);
        FunctionCounter.builder("limits.gateway.timeouts", client, LedgerClient::timeouts)
                .description("Commands of which nothing was heard in time")
                .register(registry);
    }

    /** Says when the certificate ends, and whether its files could be used when they were replaced. */
    public void watch(ServerCertificate certificate) {
        Gauge.builder(
                        "limits.tls.certificate.end",
                        certificate,
                        one -> one.expiresAt().getEpochSecond())
                .description("When the validity of the certificate in use ends, in seconds since 1970")
                .baseUnit("seconds")
                .register(registry);
        FunctionCounter.builder("limits.tls.broken.reloads", certificate, ServerCertificate::brokenReloads)
                .description("How often the files of the certificate were replaced by ones that cannot be used")
                .register(registry);
    }

    @Override
    public void answered(String route, int status, Duration took) {
        timers.computeIfAbsent(new Kind(route, status), this::timer).record(took);
    }

    @Override
    public void refused(String reason) {
        refusals.computeIfAbsent(reason, this::counter).increment();
    }

    private Counter counter(String reason) {
        return Counter.builder("limits.http.refused")
                .description("Requests and asks refused because of who sends them, or from which page")
                .tag("reason", reason)
                .register(registry);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("limits.http.requests")
                .description("HTTP requests, from the first byte to the answer")
                .tag("route", kind.route())
                .tag("status", Integer.toString(kind.status()))
                .serviceLevelObjectives(Buckets.ANSWERS)
                .register(registry);
    }
}
