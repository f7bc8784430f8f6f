package io.limitledger.gateway.bench;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.limitledger.core.command.LimitCommand;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bare server on Javalin: each route of a workload reads its body, awaits the echo, and answers what the real one
 * answered once. No JSON, no checks, no metrics; Jetty as Javalin sets it up by itself.
 */
final class HttpFloor implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Javalin javalin;

    private HttpFloor(Javalin javalin) {
        this.javalin = javalin;
    }

    /** What one route does. */
    record Step(LimitCommand command, EchoRequest request, HttpReply reply) {}

    static HttpFloor start(EchoClient echo, List<Step> steps) {
        return new HttpFloor(Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.showOldJavalinVersionWarning = false;
                    config.startup.startupWatcherEnabled = false;
                    onePerRoute(steps).forEach(step -> addRoute(config, echo, step));
                })
                .start(HOST, 0));
    }

    /** A cycle may ask the same several times. */
    private static Collection<Step> onePerRoute(List<Step> steps) {
        Map<String, Step> byRoute = new LinkedHashMap<>();
        for (Step step : steps) {
            HttpCall call = HttpCall.of(step.command());
            byRoute.putIfAbsent(call.method() + " " + call.route(), step);
        }
        return byRoute.values();
    }

    private static void addRoute(JavalinConfig config, EchoClient echo, Step step) {
        HttpCall call = HttpCall.of(step.command());
        config.routes.addHttpHandler(call.method(), call.route(), request -> answer(request, echo, step));
    }

    private static void answer(Context request, EchoClient echo, Step step) {
        request.bodyAsBytes();
        request.future(() -> echo.send(step.request()).thenRun(() -> write(request, step.reply())));
    }

    private static void write(Context request, HttpReply reply) {
        request.status(reply.status());
        if (!reply.body().isEmpty()) {
            request.contentType("application/json").result(reply.body());
        }
    }

    URI address() {
        return URI.create("http://" + HOST + ":" + javalin.port());
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
