package io.limitledger.gateway.prefect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.http.service.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Prefect API over a real broker and a real ledger, with no limits when a test begins; and a client for it. */
public final class PrefectServer implements BeforeEachCallback {
    public static final String LIMITS = "/api/v2/concurrency_limits";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private PrefectStack stack;

    /** What came back. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return text().isEmpty() ? NullNode.instance : JSON.readTree(text());
            } catch (IOException e) {
                throw new UncheckedIOException(text(), e);
            }
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The text of the second shape of errors. */
        public String detail() {
            return json().path("detail").asText(null);
        }

        /** Status, type, place and message of the first mistake. */
        public String firstMistake() {
            JsonNode first = json().path("exception_detail").path(0);
            return status() + " " + first.path("type").asText() + " " + first.path("loc") + " "
                    + first.path("msg").asText();
        }

        public double retryAfter() {
            return Double.parseDouble(header("Retry-After"));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        stack = PrefectStack.of(context);
        stack.clear();
    }

    /** The gateway forgets everything; the ledger stays. */
    public void restart() {
        stack.restartGateway();
    }

    public int port() {
        return stack.port();
    }

    public Instant now() {
        return stack.now();
    }

    /** Only this moves the time. */
    public void advance(Duration time) {
        stack.advance(time);
    }

    public void advance(double seconds) {
        advance(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    public void setReady(boolean isReady) {
        stack.setParts(List.of(new Readiness.Part("ledger", isReady, "set by a test")));
    }

    /** From now on commands to the ledger fail like this. */
    public void failLedger(RuntimeException failure) {
        stack.fail(failure);
    }

    /** A lease as it is kept; null if nothing is held under the id. */
    public Lease lease(UUID leaseId) {
        return stack.lease(leaseId);
    }

    /** How many wait in the queue. */
    public long waiters(String name) {
        return stack.waiters(name);
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, String json) {
        return send("POST", path, json);
    }

    public Reply patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /** Makes a limit, and expects that to work. */
    public Reply create(String name, String fields) {
        Reply reply = post(LIMITS + "/", "{\"name\": \"" + name + "\", " + fields + "}");
        if (reply.status() != 201) {
            throw new AssertionError("could not create " + name + ": " + reply.status() + " " + reply.text());
        }
        return reply;
    }

    /** Acquires with a lease. */
    public Reply acquire(int slots, String... names) {
        return post(LIMITS + "/increment-with-lease", "{\"slots\": " + slots + ", \"names\": " + list(names) + "}");
    }

    /** Acquires a slot with a lease of some seconds. */
    public Reply acquireFor(int seconds, String... names) {
        return post(
                LIMITS + "/increment-with-lease",
                "{\"slots\": 1, \"names\": " + list(names) + ", \"lease_duration\": " + seconds + "}");
    }

    /** The id of a new lease. */
    public UUID lease(int slots, String... names) {
        Reply reply = acquire(slots, names);
        if (reply.status() != 200) {
            throw new AssertionError("could not acquire: " + reply.status() + " " + reply.text());
        }
        return UUID.fromString(reply.json().path("lease_id").asText());
    }

    public Reply release(UUID leaseId) {
        return post(LIMITS + "/decrement-with-lease", "{\"lease_id\": \"" + leaseId + "\"}");
    }

    public Reply renew(UUID leaseId) {
        return post(LIMITS + "/leases/" + leaseId + "/renew", "{\"lease_duration\": 60}");
    }

    public Reply increment(int slots, String... names) {
        return post(LIMITS + "/increment", "{\"slots\": " + slots + ", \"names\": " + list(names) + "}");
    }

    public Reply decrement(int slots, String... names) {
        return post(LIMITS + "/decrement", "{\"slots\": " + slots + ", \"names\": " + list(names) + "}");
    }

    public long activeSlots(String name) {
        return get(LIMITS + "/" + name).json().path("active_slots").asLong(-1);
    }

    private static String list(String... names) {
        return JSON.valueToTree(names).toString();
    }

    public Reply send(String method, String path, String json) {
        HttpRequest.Builder request =
                request(path).method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    public Reply send(HttpRequest request) {
        try {
            return new Reply(CLIENT.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }
}
