package io.limitledger.holder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.wire.SecondsJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks a gateway through its native interface. Its answers are distinguished by the problem's type, not by the status alone. */
final class HttpTransport implements Transport {
    /** For an answer that nothing holds back; the gateway itself waits as long for the ledger. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM_JSON = "application/problem+json";

    private final GatewayAddress gateway;
    private final HttpClient client = HttpClient.newBuilder()
            // An upgrade would be asked for in vain with each new connection.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    HttpTransport(GatewayAddress gateway) {
        this.gateway = gateway;
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        boolean isOne = request.limits().size() == 1;
        ObjectNode body = JSON.createObjectNode();
        if (!isOne) {
            request.limits().forEach(body.putArray("limits")::add);
        }
        body.put("slots", request.slots());
        body.put("leaseSeconds", SecondsJson.seconds(request.leaseMillis()));
        body.put("waitSeconds", SecondsJson.seconds(waitMillis));
        body.put("leaseId", leaseId.toString());
        if (request.holder() != null) {
            body.put("holder", request.holder());
        }
        String path = isOne ? "/v1/limits/" + inPath(request.firstLimit()) + "/leases" : "/v1/leases";
        return send("POST", path, body, ANSWER_TIMEOUT.plusMillis(waitMillis)).thenApply(HttpTransport::ofAcquire);
    }

    private static TransportOutcome ofAcquire(HttpResponse<String> response) {
        if (response.statusCode() == 201) {
            // The gateway answers when the slots may be used, not before.
            return new TransportOutcome.Held();
        }
        JsonNode problem = problem(response);
        String detail = problem.path("detail").asText();
        if (response.statusCode() == 429) {
            return new TransportOutcome.NotFree(detail, retryAfter(problem));
        }
        return isGone(problem) ? new TransportOutcome.Gone(detail) : new TransportOutcome.Refused(detail);
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        ObjectNode body = JSON.createObjectNode().put("leaseSeconds", SecondsJson.seconds(request.leaseMillis()));
        return send("POST", pathToRenew(request, leaseId), body, ANSWER_TIMEOUT).thenApply(HttpTransport::ofRenew);
    }

    /** With the name of a limit, which remembers how a lease ended; the id alone leads only to one that is held. */
    private static String pathToRenew(AcquireRequest request, UUID leaseId) {
        return "/v1/leases/" + leaseId + "/renew?limit=" + inPath(request.firstLimit());
    }

    private static TransportOutcome ofRenew(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return new TransportOutcome.Held();
        }
        JsonNode problem = problem(response);
        if (isGone(problem)) {
            return new TransportOutcome.Gone(problem.path("detail").asText());
        }
        throw unexpected(response);
    }

    @Override
    public CompletableFuture<Boolean> isThere(UUID leaseId) {
        return send("GET", "/v1/leases/" + leaseId, null, ANSWER_TIMEOUT)
                .thenApply(response -> response.statusCode() != 404);
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId) {
        return send("DELETE", "/v1/leases/" + leaseId, null, ANSWER_TIMEOUT).thenAccept(response -> {
            if (response.statusCode() != 204) {
                throw unexpected(response);
            }
        });
    }

    /** Fails also with what the gateway says when it could not ask the ledger. */
    private CompletableFuture<HttpResponse<String>> send(
            String method, String path, @Nullable ObjectNode body, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(timeout);
        if (gateway.authorization() != null) {
            request.header("Authorization", gateway.authorization());
        }
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body.toString())).header("Content-Type", "application/json");
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString()).handle(this::answered);
    }

    private HttpResponse<String> answered(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            throw new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + Failures.cause(failure), failure);
        }
        if (response.statusCode() >= 500) {
            throw unexpected(response);
        }
        return response;
    }

    private static JsonNode problem(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith(PROBLEM_JSON)) {
            throw unexpected(response);
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a problem in JSON, but " + e.getOriginalMessage(), e);
        }
    }

    private static boolean isGone(JsonNode problem) {
        return problem.path("type").asText().endsWith("/lease-gone");
    }

    private static Duration retryAfter(JsonNode problem) {
        return Duration.ofMillis(
                SecondsJson.millis(problem.path("retryAfterSeconds").decimalValue()));
    }

    private static IllegalStateException unexpected(HttpResponse<String> response) {
        String body = response.body();
        return new IllegalStateException("Expected an answer of the ledger from " + response.uri() + ", but got "
                + response.statusCode() + " " + body.substring(0, Math.min(body.length(), 300)));
    }

    private static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        // The HTTP client ends when it is no longer referenced.
    }
}
