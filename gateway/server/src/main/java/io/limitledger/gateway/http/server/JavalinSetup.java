package io.limitledger.gateway.http.server;

import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.problem.FailureToProblem;
import java.time.Duration;

/** How requests are routed, and what becomes of those that no route takes. */
final class JavalinSetup {
    private static final String UNMATCHED = "unmatched";

    /** Below it, packing costs more than it saves; it is also where the reference of the Prefect API begins. */
    private static final int SMALLEST_PACKED_BYTES = 500;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private JavalinSetup() {}

    static void apply(JavalinConfig config, HttpObserver observer) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.defaultContentType = AnswerWriter.JSON;
        config.http.compressionStrategy = compression();
        // The ledger's client ends each request in time; one that waits in line may take an hour.
        config.http.asyncTimeout = 0;
        // Javalin has a page of its own for these, unless they are named.
        config.routes.exception(
                HttpResponseException.class,
                (failure, request) -> AnswerWriter.write(request, problem(failure, request)));
        config.routes.exception(
                Exception.class, (failure, request) -> AnswerWriter.write(request, problem(failure, request)));
        config.requestLogger.http((request, millis) -> observer.answered(
                route(request), request.statusCode(), Duration.ofNanos((long) (millis * NANOS_PER_MILLI))));
    }

    private static CompressionStrategy compression() {
        CompressionStrategy gzip = new CompressionStrategy(null, new Gzip());
        gzip.setDefaultMinSizeForCompression(SMALLEST_PACKED_BYTES);
        return gzip;
    }

    private static HttpAnswer problem(Exception failure, Context request) {
        return HttpAnswer.problem(FailureToProblem.of(failure, request.method().name() + " " + request.path()));
    }

    private static String route(Context request) {
        Endpoint matched = request.endpoints().lastHttpEndpoint();
        return matched == null ? UNMATCHED : matched.method.name() + " " + matched.path;
    }
}
