package io.limitledger.holder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.holder.AcquireRequest.Part;
import io.limitledger.holder.GatewayAsk.Answer;
import io.limitledger.timer.Timer;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.SecondsJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gateway through its native interface, in a session where it can be had. Its answers are distinguished by the
 * problem's type, not by the status alone.
 */
final class HttpTransport implements Transport {
    /** For an answer that nothing holds back; the gateway itself waits as long for the ledger. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(12);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Gateway gateway;
    private final GatewayRequests requests;
    private final GatewaySession session;
    private volatile BiConsumer<UUID, String> whenLost = (leaseId, reason) -> {};

    HttpTransport(Gateway gateway, Timer timer) {
        this.gateway = gateway;
        this.requests = new GatewayRequests(gateway);
        this.session = new GatewaySession(
                gateway, timer, requests::ask, (leaseId, reason) -> whenLost.accept(leaseId, reason));
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        ObjectNode body = asked(request);
        body.put("leaseSeconds", SecondsJson.seconds(request.leaseMillis()));
        if (waitMillis > 0) {
            body.put("waitSeconds", SecondsJson.seconds(waitMillis));
        }
        body.put("leaseId", leaseId.toString());
        if (request.holder() != null) {
            body.put("holder", request.holder());
        }
        if (request.terms().isUpTo()) {
            body.put("mode", "upTo");
        }
        if (request.terms().isRefunded()) {
            body.put("onExpiry", "refund");
        }
        return ask("acquire", leaseId, body, waitMillis, this::ofAcquire);
    }

    /** What it says is only what differs from the defaults, so that an older gateway understands it where it can. */
    private static ObjectNode asked(AcquireRequest request) {
        ObjectNode body = JSON.createObjectNode();
        Part first = request.parts().get(0);
        if (request.parts().size() == 1) {
            body.put("limit", first.limit());
        } else if (request.isAlike()) {
            request.limits().forEach(body.putArray("limits")::add);
        } else {
            ArrayNode limits = body.putArray("limits");
            request.parts().forEach(part -> putSlots(limits.addObject().put("name", part.limit()), part));
        }
        if (request.isAlike()) {
            putSlots(body, first);
        }
        if (request.terms().priority() != 0) {
            body.put("priority", request.terms().priority());
        }
        return body;
    }

    private static void putSlots(ObjectNode json, Part part) {
        json.put("slots", part.slots());
        if (part.key() != null) {
            json.put("key", part.key());
        }
    }

    @Override
    public CompletableFuture<TransportOutcome> check(AcquireRequest request) {
        ObjectNode body = asked(request).put("mode", "check");
        if (!request.isForLease()) {
            body.put("leaseSeconds", 0);
        }
        return ask("acquire", LeaseIds.newFor(request.firstLimit()), body, 0, this::ofCheck);
    }

    private TransportOutcome ofCheck(Answer answer) {
        if (answer.status() != 200) {
            return ofAcquire(answer);
        }
        return answer.body().path("granted").asBoolean()
                ? new TransportOutcome.Held()
                : new TransportOutcome.NotFree("", retryAfter(answer), reason(answer));
    }

    private static TransportOutcome ofSettle(Answer answer) {
        if (answer.status() == 200) {
            return new TransportOutcome.Held();
        }
        if (answer.isAboutAccess()) {
            throw GatewayAsk.unexpected(answer);
        }
        return answer.isGone()
                ? new TransportOutcome.Gone(answer.detail())
                : new TransportOutcome.Refused(answer.detail());
    }

    @Override
    public CompletableFuture<TransportOutcome> settle(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        ObjectNode body = JSON.createObjectNode().put("leaseId", leaseId.toString());
        if (request.parts().size() == 1) {
            body.put("slots", used.get(request.firstLimit()));
        } else {
            ArrayNode limits = body.putArray("limits");
            used.forEach((limit, slots) -> limits.addObject().put("name", limit).put("slots", slots));
        }
        return ask("settle", leaseId, body, 0, HttpTransport::ofSettle);
    }

    private <T> CompletableFuture<T> ask(
            String kind, UUID leaseId, ObjectNode body, long waitMillis, Function<Answer, T> outcome) {
        CompletableFuture<T> result = new CompletableFuture<>();
        session.ask(new GatewayAsk<>(kind, leaseId, body, ANSWER_TIMEOUT.toMillis() + waitMillis, outcome, result));
        return result;
    }

    private TransportOutcome ofAcquire(Answer answer) {
        if (answer.isAboutAccess()) {
            return new TransportOutcome.NoAccess(noAccess(answer));
        }
        if (answer.status() == 201) {
            // The gateway answers when the slots may be used, not before.
            return new TransportOutcome.Held(parts(answer.body()));
        }
        if (answer.status() == 429) {
            return new TransportOutcome.NotFree(answer.detail(), retryAfter(answer), reason(answer));
        }
        return answer.isGone()
                ? new TransportOutcome.Gone(answer.detail())
                : new TransportOutcome.Refused(answer.detail());
    }

    private String noAccess(Answer answer) {
        if (!answer.isUnauthenticated()) {
            return answer.detail();
        }
        String credentials = gateway.credentialsInWords();
        String sent = credentials.isEmpty()
                ? "nothing to show who asks was sent; set " + Gateway.TOKEN_FILE + " to a file with a token"
                : "sent was " + credentials;
        return "The gateway at " + gateway + " does not know who asks: " + answer.detail() + " (" + sent + ")";
    }

    /** Empty where an older gateway does not say it. */
    private static List<TransportOutcome.Part> parts(JsonNode lease) {
        if (lease.has("parts")) {
            return lease.path("parts")
                    .valueStream()
                    .map(part -> part(part, part.path("name").asText()))
                    .toList();
        }
        return lease.has("limit") ? List.of(part(lease, lease.path("limit").asText())) : List.of();
    }

    private static TransportOutcome.Part part(JsonNode json, String limit) {
        return new TransportOutcome.Part(
                limit, json.path("slots").asLong(), json.path("fence").asLong());
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
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        ObjectNode body = JSON.createObjectNode().put("leaseId", leaseId.toString());
        ArrayNode limits = body.putArray("limits");
        boolean isOne = request.parts().size() == 1;
        for (String limit : request.limits()) {
            if (isOne || !used.containsKey(limit)) {
                limits.add(limit);
            } else {
                limits.addObject().put("name", limit).put("used", used.get(limit));
            }
        }
        if (isOne && !used.isEmpty()) {
            body.put("used", used.get(request.firstLimit()));
        }
        return ask("release", leaseId, body, 0, answer -> isReleased(answer, !used.isEmpty()))
                .thenCompose(isReleased ->
                        isReleased ? CompletableFuture.completedFuture(null) : release(request, leaseId, Map.of()));
    }

    /** An older gateway does not take what was used: it is better to be charged with the estimate than to hold on. */
    private static boolean isReleased(Answer answer, boolean saysUsed) {
        if (answer.status() != 204 && (!saysUsed || answer.status() >= 500 || answer.isAboutAccess())) {
            throw GatewayAsk.unexpected(answer);
        }
        return answer.status() == 204;
    }

    private static @Nullable String reason(Answer answer) {
        return answer.body().path("reason").asText(null);
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
