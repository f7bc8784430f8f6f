package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.request.Ids;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/leases/{leaseId}/settle}: says how many slots were really used. Less than was taken: the rest returns at
 * once. More: it is charged at once. A lease on several limits is settled limit by limit.
 */
record SettleLeaseRoute(Leases limits, LeaseRights rights) implements RouteHandler {
    private static final String LIMITS = "limits";
    private static final String SLOTS = "slots";

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        return settle(
                Ids.required("leaseId", request.pathParam("leaseId")),
                JsonBody.required(request),
                Exchange.of(request).caller());
    }

    CompletableFuture<HttpAnswer> settle(UUID leaseId, JsonBody body, Caller caller) {
        Leases asked = limits.as(rights.onBehalf(leaseId, caller));
        CompletableFuture<Outcome> outcome = body.has(LIMITS)
                ? asked.settle(leaseId, byName(body, caller))
                : asked.settle(leaseId, ofOne(leaseId, body));
        return LeaseAnswers.answer(
                leaseId,
                outcome.thenApply(settled -> LeaseRights.isHidden(settled, caller)
                        ? LeaseAnswers.gone(leaseId)
                        : SettleLeaseRoute.answer(settled)));
    }

    private static long ofOne(UUID leaseId, JsonBody body) {
        long slots = body.requiredWholeNumber(SLOTS);
        return Valid.command(new SettleLease(null, leaseId, slots), body).slots();
    }

    private static Map<String, Long> byName(JsonBody body, Caller caller) {
        Map<String, Long> slots = new TreeMap<>();
        List<InvalidField> mistakes = new ArrayList<>();
        List<JsonNode> given =
                body.requiredElements(LIMITS, "an array of objects with name and slots", JsonNode::isObject);
        for (int index = 0; index < given.size(); index++) {
            JsonBody limit = body.element(LIMITS, index, given.get(index));
            String name = limit.requiredText("name");
            long used = limit.requiredWholeNumber(SLOTS);
            new SettleLease(name, new UUID(0, 0), used)
                    .invalidFields()
                    .forEach(mistake -> mistakes.add(new InvalidField(LIMITS, "'" + name + "': " + mistake.message())));
            if (slots.put(name, used) != null) {
                mistakes.add(new InvalidField(LIMITS, "'" + name + "' is named twice; name each limit once"));
            }
        }
        if (given.isEmpty() || given.size() > Acquisition.MAX_NAMES) {
            mistakes.add(new InvalidField(
                    LIMITS, "Expected 1 to " + Acquisition.MAX_NAMES + " limits, but got " + given.size()));
        }
        if (body.has(SLOTS)) {
            body.mistake(SLOTS, "Expected slots of the limits, or without limits, but not both");
        }
        Valid.fields(mistakes, body);
        slots.keySet().forEach(name -> caller.require(Right.READ, name));
        return slots;
    }

    private static HttpAnswer answer(Outcome outcome) {
        if (outcome.isHeld()) {
            return HttpAnswer.json(200, LeaseBody.settled(outcome.leases()));
        }
        boolean isAmbiguous =
                outcome.reply() instanceof Refused refused && refused.reason() == Refused.Reason.INVALID_COMMAND;
        return isAmbiguous
                ? HttpAnswer.problem(Problem.invalid(List.of(new InvalidField(
                        LIMITS,
                        "The lease is on several limits; say which of them is settled, as in"
                                + " {\"limits\": [{\"name\": \"tokens\", \"slots\": 812}]}"))))
                : ReplyToHttp.problem(outcome);
    }
}
