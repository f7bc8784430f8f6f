package io.limitledger.gateway.http;

import io.limitledger.gateway.http.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to a client.
 *
 * @param body {@link Text} goes out as it is, {@link StreamedBody} bit by bit, anything else as JSON; null for none
 */
public record HttpAnswer(int status, @Nullable Object body, Map<String, String> headers) {
    private static final int FIRST_FAILURE = 400;

    /** Text that is not JSON. */
    public record Text(String contentType, String content) {}

    public static HttpAnswer json(int status, Object body) {
        return new HttpAnswer(status, body, Map.of());
    }

    public static HttpAnswer text(String contentType, String content) {
        return new HttpAnswer(200, new Text(contentType, content), Map.of());
    }

    /** Server-sent events. The headers keep caches and proxies from gathering them. */
    public static HttpAnswer events(StreamedBody stream) {
        return new HttpAnswer(200, stream, Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"));
    }

    public static HttpAnswer noContent() {
        return new HttpAnswer(204, null, Map.of());
    }

    public static HttpAnswer problem(Problem problem) {
        return new HttpAnswer(problem.status(), problem, problem.headers());
    }

    public HttpAnswer withHeader(String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return new HttpAnswer(status, body, Map.copyOf(all));
    }

    /** For handlers that need not wait. */
    public CompletableFuture<HttpAnswer> now() {
        return CompletableFuture.completedFuture(this);
    }

    /** Whether nothing was done of what was asked. */
    public boolean isFailure() {
        return status >= FIRST_FAILURE;
    }
}
