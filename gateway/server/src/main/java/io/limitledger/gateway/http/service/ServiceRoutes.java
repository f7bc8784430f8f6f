package io.limitledger.gateway.http.service;

import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
                Need.PUBLIC,
                request -> HttpAnswer.json(200, Map.of("status", "up")).now());
        routes.get("/readyz", Need.PUBLIC, request -> {
            boolean hasDetails = Exchange.of(request).caller().mayAll(Right.ADMIN);
            return readiness.look().thenApply(parts -> answer(parts, hasDetails));
        });
        routes.get(
                "/metrics",
                Need.all(Right.READ),
                request -> HttpAnswer.text(PROMETHEUS, metrics.get()).now());
    }

    /** @param hasDetails whether the caller may know what the service is made of */
    private static HttpAnswer answer(List<Readiness.Part> parts, boolean hasDetails) {
        boolean ready = parts.stream().allMatch(Readiness.Part::ready);
        return HttpAnswer.json(ready ? 200 : 503, new Body(ready ? "ready" : "not ready", hasDetails ? parts : null));
    }

    private record Body(String status, @Nullable List<Readiness.Part> parts) {}
}
