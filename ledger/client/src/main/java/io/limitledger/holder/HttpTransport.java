package io.limitledger.holder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.holder.GatewayAsk.Answer;
import io.limitledger.timer.Timer;
import io.limitledger.wire.SecondsJson;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Asks a gateway through its native interface, in a session where it can be had. Its answers are distinguished by the
 * problem's type, not by the status alone.
 */
final class HttpTransport implements Transport {
    /** For an answer that nothing holds back; the gateway itself waits as long for the ledger. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayRequests requests;
    private final GatewaySession session;
    private volatile BiConsumer<UUID, String> whenLost = (leaseId, reason) -> {};

    HttpTransport(GatewayAddress gateway, Timer timer) {
        HttpClient client = HttpClient.newBuilder()
                // An upgrade would be asked for in vain with each new connection.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.requests = new GatewayRequests(gateway, client);
        this.session = new GatewaySession(
                gateway, client, timer, requests::ask, (leaseId, reason) -> whenLost.accept(leaseId, reason));
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        ObjectNode body = JSON.createObjectNode();
        if (request.limits().size() == 1) {
            body.put("limit", request.firstLimit());
        } else {
            request.limits().forEach(body.putArray("limits")::add);
        }
        body.put("slots", request.slots());
        body.put("leaseSeconds", SecondsJson.seconds(request.leaseMillis()));
        if (waitMillis > 0) {
            body.put("waitSeconds", SecondsJson.seconds(waitMillis));
        }
        body.put("leaseId", leaseId.toString());
        if (request.holder() != null) {
            body.put("holder", request.holder());
        }
        return ask("acquire", leaseId, body, waitMillis, HttpTransport::ofAcquire);
    }

    private <T> CompletableFuture<T> ask(
            String kind, UUID leaseId, ObjectNode body, long waitMillis, Function<Answer, T> outcome) {
        CompletableFuture<T> result = new CompletableFuture<>();
        session.ask(new GatewayAsk<>(kind, leaseId, body, ANSWER_TIMEOUT.toMillis() + waitMillis, outcome, result));
        return result;
    }

    private static TransportOutcome ofAcquire(Answer answer) {
        if (answer.status() == 201) {
            // The gateway answers when the slots may be used, not before.
            return new TransportOutcome.Held();
        }
        if (answer.status() == 429) {
            return new TransportOutcome.NotFree(answer.detail(), retryAfter(answer));
        }
        return answer.isGone()
                ? new TransportOutcome.Gone(answer.detail())
                : new TransportOutcome.Refused(answer.detail());
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        ObjectNode body = JSON.createObjectNode()
                .put("leaseId", leaseId.toString())
                .put("leaseSeconds", SecondsJson.seconds(request.leaseMillis()))
                .put("limit", request.firstLimit());
        return ask("renew", leaseId, body, 0, HttpTransport::ofRenew);
    }

    private static TransportOutcome ofRenew(Answer answer) {
        if (answer.status() == 200) {
            return new TransportOutcome.Held();
        }
        if (answer.isGone()) {
            return new TransportOutcome.Gone(answer.detail());
        }
        throw GatewayAsk.unexpected(answer);
    }

    /** What a session watches it also reports; everything else is looked for. */
    @Override
    public CompletableFuture<Boolean> isThere(UUID leaseId) {
        return session.watches(leaseId)
                ? CompletableFuture.completedFuture(true)
                : requests.isThere(leaseId, ANSWER_TIMEOUT);
    }

    /** With the names of its limits: so a gateway sends one command for each, at once, behind what was asked before. */
    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId) {
        ObjectNode body = JSON.createObjectNode().put("leaseId", leaseId.toString());
        request.limits().forEach(body.putArray("limits")::add);
        return ask("release", leaseId, body, 0, HttpTransport::ofRelease);
    }

    private static Void ofRelease(Answer answer) {
        if (answer.status() != 204) {
            throw GatewayAsk.unexpected(answer);
        }
        return null;
    }

    private static Duration retryAfter(Answer problem) {
        return Duration.ofMillis(
                SecondsJson.millis(problem.body().path("retryAfterSeconds").decimalValue()));
    }

    @Override
    public boolean keepsOrder() {
        return session.isOpen();
    }

    @Override
    public void onLost(BiConsumer<UUID, String> action) {
        whenLost = action;
    }

    @Override
    public void close() {
        // The HTTP client ends when it is no longer referenced.
        session.close();
    }
}
