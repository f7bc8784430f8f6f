package io.limitledger.gateway.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A way over HTTP, through one of the gateways. */
record HttpWay(String name, URI gateway, HttpClient http) implements Way {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than any wait of these clients. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    static HttpWay to(String name, URI gateway) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        return new HttpWay(name, gateway, http);
    }

    @Override
    public CompletableFuture<Answer> ask(Question question) {
        return http.sendAsync(request(question), BodyHandlers.ofString()).thenApply(HttpWay::answer);
    }

    private HttpRequest request(Question question) {
        return switch (question.kind()) {
            case ACQUIRE -> send("POST", "/v1/limits/" + question.limit() + "/leases", acquire(question));
            case RENEW -> send("POST", "/v1/leases/" + question.leaseId() + "/renew", lease(question) + "}");
            case RELEASE -> send("DELETE", "/v1/leases/" + question.leaseId(), "");
            case LOOK -> throw new IllegalArgumentException("A look sends nothing: " + question);
        };
    }

    private HttpRequest send(String method, String path, String body) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .method(method, BodyPublishers.ofString(body))
                .build();
    }

    private static String acquire(Question question) {
        return lease(question) + ", \"leaseId\": \"" + question.leaseId() + "\", \"slots\": " + question.slots()
                + ", \"waitSeconds\": " + question.waitMillis() / 1_000.0 + "}";
    }

    private static String lease(Question question) {
        return "{\"leaseSeconds\": " + question.leaseMillis() / 1_000.0;
    }

    private static Answer answer(HttpResponse<String> response) {
        String text = response.statusCode() + " " + response.body();
        return switch (response.statusCode()) {
            case 201 -> lease(Result.GRANTED, response.body());
            case 200 -> lease(Result.RENEWED, response.body());
            case 204 -> Answer.of(Result.RELEASED, "204");
            case 410 -> Answer.of(Result.GONE, text);
            case 429 -> Answer.of(Result.DENIED, text);
            case 503, 504 -> Answer.of(Result.UNKNOWN, text);
            default -> Answer.of(Result.WRONG, text);
        };
    }

    private static Answer lease(Result result, String body) {
        try {
            JsonNode lease = JSON.readTree(body);
            return new Answer(result, millis(lease.path("startsAt")), millis(lease.path("expiresAt")), "a lease");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asText()).toEpochMilli();
    }
}
