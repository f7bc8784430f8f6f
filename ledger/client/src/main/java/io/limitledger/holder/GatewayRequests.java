package io.limitledger.holder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.holder.GatewayAsk.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks a gateway by a request for each ask, where no session can be had. */
final class GatewayRequests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHENTICATED = 401;
    private static final String PROBLEM_JSON = "application/problem+json";

    private final Gateway gateway;

    GatewayRequests(Gateway gateway) {
        this.gateway = gateway;
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
            case "settle" ->
                send("POST", pathOf(ask.leaseId()) + "/settle", ask.body().without("leaseId"), ask);
            case "release" -> release(ask);
            default -> throw new IllegalArgumentException(ask.kind());
        }
    }

    private void release(GatewayAsk<?> ask) {
        JsonNode used = ask.body().path("used");
        ObjectNode limits = JSON.createObjectNode();
        ask.body()
                .path("limits")
                .valueStream()
                .filter(JsonNode::isObject)
                .forEach(limit -> limits.withArray("limits")
                        .addObject()
                        .put("name", limit.path("name").asText())
                        .put("slots", limit.path("used").asLong()));
        String path = pathOf(ask.leaseId());
        if (limits.isEmpty()) {
            send("DELETE", used.isMissingNode() ? path : path + "?used=" + used.asLong(), null, ask);
        } else {
            // One request for each; what is gone cannot be settled, and is released all the same.
            CompletableFuture<HttpResponse<String>> unused = exchange(
                            "POST", path + "/settle", limits, Duration.ofMillis(ask.patienceMillis()))
                    .whenComplete((response, failure) -> send("DELETE", path, null, ask));
        }
    }

    private static String pathToAcquire(ObjectNode body) {
        return body.has("limit") ? "/v1/limits/" + inPath(body.get("limit").asText()) + "/leases" : "/v1/leases";
    }

    private static String pathOf(UUID leaseId) {
        return "/v1/leases/" + leaseId;
    }

    CompletableFuture<Boolean> isThere(UUID leaseId, Duration timeout) {
        return exchange("GET", pathOf(leaseId), null, timeout).thenApply(response -> response.statusCode() != 404);
    }

    private void send(String method, String path, @Nullable JsonNode body, GatewayAsk<?> ask) {
        CompletableFuture<HttpResponse<String>> unused = exchange(
                        method, path, body, Duration.ofMillis(ask.patienceMillis()))
                .whenComplete((response, failure) -> answered(ask, response, failure));
    }

    /** Sends it once more where the credentials have been replaced since, such as a token in a file. */
    private CompletableFuture<HttpResponse<String>> exchange(
            String method, String path, @Nullable JsonNode body, Duration timeout) {
        try {
            String sent = gateway.authorization();
            return exchange(sent, method, path, body, timeout).thenCompose(response -> {
                String newest = response.statusCode() == UNAUTHENTICATED ? gateway.newestAuthorization() : sent;
                return Objects.equals(newest, sent)
                        ? CompletableFuture.completedFuture(response)
                        : exchange(newest, method, path, body, timeout);
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<HttpResponse<String>> exchange(
            @Nullable String authorization, String method, String path, @Nullable JsonNode body, Duration timeout) {
        HttpRequest.Builder request = gateway.request(path, authorization).timeout(timeout);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        BodyPublisher sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        return gateway.client().sendAsync(request.method(method, sent).build(), BodyHandlers.ofString());
    }

    private void answered(GatewayAsk<?> ask, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response == null) {
            ask.failed(new IllegalStateException(
                    "Expected to reach the gateway at " + gateway + ", but " + Failures.inWords(failure), failure));
        } else {
            try {
                boolean isRead = GatewayAsk.isProblem(response.statusCode()) || ask.readsAnswer();
                ask.answered(new Answer(response.statusCode(), isRead ? body(response) : MissingNode.getInstance()));
            } catch (RuntimeException e) {
                ask.failed(e);
            }
        }
    }

    private static JsonNode body(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (GatewayAsk.isProblem(response.statusCode()) && !type.startsWith(PROBLEM_JSON)) {
            String body = response.body();
            throw new IllegalStateException("Expected an answer of the ledger from " + response.uri() + ", but got "
                    + response.statusCode() + " " + body.substring(0, Math.min(body.length(), 300)));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected an answer in JSON, but " + e.getOriginalMessage(), e);
        }
    }

    private static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
