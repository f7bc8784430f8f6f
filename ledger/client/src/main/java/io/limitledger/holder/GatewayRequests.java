package io.limitledger.holder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.holder.GatewayAsk.Answer;
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

/** Asks a gateway by a request for each ask, where no session can be had. */
final class GatewayRequests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM_JSON = "application/problem+json";

    private final GatewayAddress gateway;
    private final HttpClient client;

    GatewayRequests(GatewayAddress gateway, HttpClient client) {
        this.gateway = gateway;
        this.client = client;
    }

    void ask(GatewayAsk<?> ask) {
        switch (ask.kind()) {
            case "acquire" -> send("POST", pathToAcquire(ask.body()), ask.body().without("limit"), ask);
            // With the name of a limit, which remembers how a lease ended; the id alone leads only to one that is held.
            case "renew" ->
                send(
                        "POST",
                        pathOf(ask.leaseId()) + "/renew?limit="
                                + inPath(ask.body().path("limit").asText()),
                        JSON.createObjectNode().set("leaseSeconds", ask.body().get("leaseSeconds")),
                        ask);
            case "release" -> send("DELETE", pathOf(ask.leaseId()), null, ask);
            default -> throw new IllegalArgumentException(ask.kind());
        }
    }

    private static String pathToAcquire(ObjectNode body) {
        return body.has("limit") ? "/v1/limits/" + inPath(body.get("limit").asText()) + "/leases" : "/v1/leases";
    }

    private static String pathOf(UUID leaseId) {
        return "/v1/leases/" + leaseId;
    }

    CompletableFuture<Boolean> isThere(UUID leaseId, Duration timeout) {
        return client.sendAsync(request("GET", pathOf(leaseId), null, timeout), BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() != 404);
    }

    private void send(String method, String path, @Nullable JsonNode body, GatewayAsk<?> ask) {
        HttpRequest request = request(method, path, body, Duration.ofMillis(ask.patienceMillis()));
        CompletableFuture<HttpResponse<String>> unused = client.sendAsync(request, BodyHandlers.ofString())
                .whenComplete((response, failure) -> answered(ask, response, failure));
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(timeout);
        if (gateway.authorization() != null) {
            request.header("Authorization", gateway.authorization());
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
    }

    private void answered(GatewayAsk<?> ask, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            ask.failed(new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + Failures.cause(failure), failure));
        } else {
            try {
                ask.answered(new Answer(response.statusCode(), problem(response)));
            } catch (RuntimeException e) {
                ask.failed(e);
            }
        }
    }

    private static JsonNode problem(HttpResponse<String> response) {
        if (!GatewayAsk.isProblem(response.statusCode())) {
            return MissingNode.getInstance();
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith(PROBLEM_JSON)) {
            String body = response.body();
            throw new IllegalStateException("Expected an answer of the ledger from " + response.uri() + ", but got "
                    + response.statusCode() + " " + body.substring(0, Math.min(body.length(), 300)));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a problem in JSON, but " + e.getOriginalMessage(), e);
        }
    }

    private static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
