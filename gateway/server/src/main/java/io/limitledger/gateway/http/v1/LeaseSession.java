package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.gateway.http.AskSession;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * {@code GET /v1/session}: one connection on which a process acquires, renews, settles and releases its leases. Each ask is what the
 * body of its route is, with the fields that the route has in its path. What else a session has: it cancels asks by their ids,
 * and learns at once of the end of a lease that it holds.
 */
final class LeaseSession implements AskSession {
    private static final String LIMITS = "limits";
    private static final String USED = "used";

    private final Leases limits;
    private final AcquireLeaseRoute acquireOne;
    private final AcquireSeveralRoute acquireSeveral;
    private final RenewLeaseRoute renew;
    private final SettleLeaseRoute settle;
    private final ReleaseLeaseRoute release;
    private final HeldLeases.OfSession held;
    private final Map<String, Acquisition> underWay = new ConcurrentHashMap<>();
    private final Map<String, AskHandler> handlers = new LinkedHashMap<>();

    LeaseSession(
            Leases limits,
            AcquireLeaseRoute acquireOne,
            AcquireSeveralRoute acquireSeveral,
            RenewLeaseRoute renew,
            SettleLeaseRoute settle,
            ReleaseLeaseRoute release,
            HeldLeases held,
            Consumer<Object> push) {
        this.limits = limits;
        this.acquireOne = acquireOne;
        this.acquireSeveral = acquireSeveral;
        this.renew = renew;
        this.settle = settle;
        this.release = release;
        this.held = held.ofSession(push);
        handlers.put("acquire", this::acquire);
        handlers.put("renew", this::renew);
        handlers.put("settle", this::settle);
        handlers.put("release", this::release);
        handlers.put("cancel", this::cancel);
    }

    @Override
    public Map<String, AskHandler> handlers() {
        return handlers;
    }

    @Override
    public void close() {
        held.close();
    }

    private CompletableFuture<HttpAnswer> acquire(String id, JsonNode ask, Exchange exchange) {
        JsonBody body = JsonBody.of(ask);
        boolean isOne = !body.has(LIMITS);
        AcquireBody asked = isOne ? AcquireBody.ofOne(body.requiredText("limit"), body) : AcquireBody.ofSeveral(body);
        Acquisition acquisition = asked.acquisition();
        if (acquisition.waitMillis() > 0) {
            exchange.mayWait();
        }
        boolean isLease = acquisition.leaseMillis() > 0 && !asked.isCheck();
        if (isLease) {
            held.expect(acquisition.leaseId());
        }
        underWay.put(id, acquisition);
        CompletableFuture<HttpAnswer> answer =
                isOne ? acquireOne.acquire(asked, exchange) : acquireSeveral.acquire(asked, exchange);
        return answer.whenComplete((answered, failure) -> {
            underWay.remove(id, acquisition);
            if (isLease) {
                held.answered(acquisition.leaseId(), answered);
            }
        });
    }

    private CompletableFuture<HttpAnswer> renew(String id, JsonNode ask, Exchange exchange) {
        JsonBody body = JsonBody.of(ask);
        UUID leaseId = body.requiredId(LeaseAnswers.LEASE_ID);
        String limit = body.text("limit");
        held.expect(leaseId);
        return renew.renew(leaseId, body, limit, exchange.caller())
                .whenComplete((answered, failure) -> held.answered(leaseId, answered));
    }

    private CompletableFuture<HttpAnswer> settle(String id, JsonNode ask, Exchange exchange) {
        JsonBody body = JsonBody.of(ask);
        return settle.settle(body.requiredId(LeaseAnswers.LEASE_ID), body, exchange.caller());
    }

    /** With the names of its limits it takes one decision, in the order of what this session asks of them. */
    private CompletableFuture<HttpAnswer> release(String id, JsonNode ask, Exchange exchange) {
        JsonBody body = JsonBody.of(ask);
        UUID leaseId = body.requiredId(LeaseAnswers.LEASE_ID);
        Map<String, Long> used = new TreeMap<>();
        List<String> names = body.has(LIMITS) ? names(body, used) : List.of();
        Long usedOfOne = body.wholeNumber(USED);
        List<InvalidField> mistakes = new ArrayList<>();
        if (usedOfOne != null && names.size() > 1) {
            mistakes.add(new InvalidField(
                    USED,
                    "Expected it for a lease on one limit; of several, say it with their names, as in"
                            + " [{\"name\": \"tokens\", \"used\": 812}]"));
        }
        new ReleaseLease(null, leaseId, usedOfOne).invalidFields().forEach(mistakes::add);
        Valid.fields(mistakes, body);
        names.forEach(Valid::name);
        release.rights().requireOwn(leaseId, names, exchange.caller());
        held.forget(leaseId);
        if (names.isEmpty()) {
            return release.release(leaseId, usedOfOne, exchange.caller());
        }
        if (usedOfOne != null) {
            used.put(names.get(0), usedOfOne);
        }
        return end(leaseId, names, used, exchange);
    }

    /** Names, some of them with how many slots were really used. */
    private static List<String> names(JsonBody body, Map<String, Long> used) {
        List<String> names = new ArrayList<>();
        for (JsonNode limit : body.requiredElements(
                LIMITS,
                "an array of names, or of objects with name and used",
                one -> one.isTextual() || one.isObject())) {
            if (limit.isTextual()) {
                names.add(limit.textValue());
            } else {
                JsonBody one = body.element(LIMITS, names.size(), limit);
                names.add(one.requiredText("name"));
                used.put(names.get(names.size() - 1), one.requiredWholeNumber(USED));
            }
        }
        return names;
    }

    private CompletableFuture<HttpAnswer> end(
            UUID leaseId, List<String> names, Map<String, Long> used, Exchange exchange) {
        return LeaseAnswers.answer(
                leaseId,
                limits.as(exchange.onBehalf()).end(leaseId, names, used).thenApply(ended -> HttpAnswer.noContent()));
    }

    private CompletableFuture<HttpAnswer> cancel(String id, JsonNode ask, Exchange exchange) {
        JsonBody body = JsonBody.of(ask);
        String cancelled = body.requiredMark("id");
        Valid.fields(List.of(), body);
        Acquisition acquisition = underWay.get(cancelled);
        if (acquisition == null) {
            throw new ProblemException(
                    ProblemType.ASK_NOT_FOUND, "No acquire with the id " + cancelled + " is under way in this session");
        }
        held.forget(acquisition.leaseId());
        return end(acquisition.leaseId(), acquisition.names(), Map.of(), exchange);
    }
}
