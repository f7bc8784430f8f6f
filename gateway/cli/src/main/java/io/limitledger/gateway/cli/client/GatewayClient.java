package io.limitledger.gateway.cli.client;

import io.limitledger.holder.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A gateway, asked over HTTP. All methods may be called by several threads. */
public final class GatewayClient {
    /** A page of the largest size that the interface has. */
    private static final int PAGE = 1_000;

    /** The gateway itself gives up on the ledger after ten seconds; a busy machine may need some more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Gateway gateway;

    GatewayClient(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Asks for an object. */
    public JsonObject get(String path) {
        return ask("GET", path, null);
    }

    /** Asks for something to be done; the object that is answered is empty where the answer has no body. */
    public JsonObject ask(String method, String path, @Nullable Map<String, ?> body) {
        return ask(method, path, body, Duration.ZERO);
    }

    /** The same for what may take longer than usual, by the time for which the request may wait. */
    public JsonObject ask(String method, String path, @Nullable Map<String, ?> body, Duration wait) {
        return sent(request(method, path, body, wait));
    }

    private JsonObject sent(HttpRequest request) {
        try {
            return answer(gateway.client().send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException | UnresolvedAddressException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayException.unreachable("interrupted");
        }
    }

    /** Asks for something to be made where nothing is yet; otherwise it fails with status 412. */
    public JsonObject make(String path, Map<String, ?> body) {
        return sent(request("PUT", path, body, Duration.ZERO, "If-None-Match", "*"));
    }

    /** The same without waiting for the answer; a failure is a {@link GatewayException}. */
    public CompletableFuture<JsonObject> askLater(
            String method, String path, @Nullable Map<String, ?> body, Duration wait) {
        return gateway.client()
                .sendAsync(request(method, path, body, wait), BodyHandlers.ofString(StandardCharsets.UTF_8))
                .handle((response, failure) -> {
                    if (failure != null) {
                        throw unreachable(failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                    return answer(response);
                });
    }

    /** Reads a listing to its end. */
    public List<JsonObject> all(String path, String field) {
        List<JsonObject> all = new ArrayList<>();
        pages(path, field, "", page -> {
            all.addAll(page);
            return true;
        });
        return all;
    }

    /**
     * Reads a listing page by page.
     *
     * @param path with a query or without
     * @param after where the first page begins; empty for the beginning
     * @param reader returns whether it wants another page
     */
    public void pages(String path, String field, String after, Predicate<List<JsonObject>> reader) {
        String next = after;
        boolean isWanted = true;
        while (isWanted && next != null) {
            String query = (path.contains("?") ? "&" : "?") + "size=" + PAGE
                    + (next.isEmpty() ? "" : "&after=" + Address.encode(next));
            JsonObject page = get(path + query);
            List<JsonObject> items = page.objects(field);
            isWanted = reader.test(items);
            String following = page.text("next");
            next = items.isEmpty() || next.equals(following) ? null : following;
        }
    }

    /**
     * Opens a stream of events.
     *
     * @param after position to go on from, as an earlier event of the stream has it; null for what comes next
     */
    public EventStream events(String query, @Nullable String after) {
        HttpRequest.Builder request = builder("/v1/events" + query).setHeader("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try {
            HttpResponse<InputStream> response = gateway.client().send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw failure(
                            response.statusCode(),
                            contentType(response),
                            new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return new EventStream(response.body());
        } catch (IOException | UnresolvedAddressException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GatewayException.unreachable("interrupted");
        }
    }

    /** With headers, each as its name and its value. */
    private HttpRequest request(
            String method, String path, @Nullable Map<String, ?> body, Duration wait, String... headers) {
        HttpRequest.Builder request = builder(path).timeout(PATIENCE.plus(wait));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.line(body), StandardCharsets.UTF_8))
                .build();
    }

    private HttpRequest.Builder builder(String path) {
        return gateway.request(path).header("User-Agent", "limits").header("Accept", "application/json");
    }

    private JsonObject answer(HttpResponse<String> response) {
        String body = response.body();
        if (response.statusCode() >= 300) {
            throw failure(response.statusCode(), contentType(response), body);
        }
        try {
            return body.isEmpty() ? new JsonObject(Map.of()) : Json.object(body);
        } catch (IOException e) {
            throw notAGateway(response.statusCode());
        }
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private GatewayException failure(int status, String contentType, String body) {
        if (contentType.startsWith("application/problem+json")) {
            try {
                return GatewayException.of(status, Json.object(body));
            } catch (IOException e) {
                return notAGateway(status);
            }
        }
        return notAGateway(status);
    }

    private GatewayException notAGateway(int status) {
        return GatewayException.foreign(
                status,
                "What answers at " + gateway.address()
                        + " is not a gateway of Limit Ledger, or a proxy answered for it (HTTP " + status
                        + "). Check --url and LIMITS_URL");
    }

    private GatewayException unreachable(@Nullable Throwable failure) {
        return GatewayException.unreachable("No gateway answers at " + gateway.address() + ": " + reason(failure)
                + ". Start one with 'limits serve', or name another with --url or LIMITS_URL");
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException || failure instanceof HttpTimeoutException) {
            return "it did not answer in time";
        }
        if (failure instanceof SSLException) {
            return "TLS failed (" + Printable.of(String.valueOf(failure.getMessage())) + ")";
        }
        if (failure instanceof UnresolvedAddressException
                || (failure != null && failure.getCause() instanceof UnresolvedAddressException)) {
            return "the host is not known";
        }
        if (failure instanceof ConnectException) {
            return failure.getMessage() == null ? "connection refused" : Printable.of(failure.getMessage());
        }
        return Printable.of(String.valueOf(failure == null ? null : failure.getMessage()));
    }
}
