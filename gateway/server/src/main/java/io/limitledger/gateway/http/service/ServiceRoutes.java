package io.limitledger.gateway.http.service;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Health, readiness and metrics of the service. */
public final class ServiceRoutes implements RouteGroup {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Readiness readiness;
    private final Supplier<String> metrics;

    /** @param metrics in the text format of Prometheus */
    public ServiceRoutes(Readiness readiness, Supplier<String> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(
                "/healthz",
                request -> HttpAnswer.json(200, Map.of("status", "up")).now());
        routes.get("/readyz", request -> readiness.look().thenApply(ServiceRoutes::answer));
        routes.get(
                "/metrics",
                request -> HttpAnswer.text(PROMETHEUS, metrics.get()).now());
    }

    private static HttpAnswer answer(List<Readiness.Part> parts) {
        boolean ready = parts.stream().allMatch(Readiness.Part::ready);
        return HttpAnswer.json(ready ? 200 : 503, new Body(ready ? "ready" : "not ready", parts));
    }

    private record Body(String status, List<Readiness.Part> parts) {}
}
