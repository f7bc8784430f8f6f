package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/leases}: acquires slots of several limits, all or nothing. If the request may wait, it holds those that
 * it has while it waits for the others.
 */
record AcquireSeveralRoute(Leases limits, LimitsView view, Holders holders) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.required(request);
        Acquisition acquisition = acquisition(body);
        return acquire(acquisition, body.id(LeaseAnswers.LEASE_ID), Exchange.of(request));
    }

    CompletableFuture<HttpAnswer> acquire(Acquisition acquisition, @Nullable UUID given, Exchange exchange) {
        return LeaseAnswers.acquired(limits, acquisition, given, exchange, outcome -> answer(acquisition, outcome));
    }

    private static List<InvalidField> mistakes(Acquisition acquisition) {
        List<InvalidField> mistakes = new ArrayList<>(acquisition.invalidFields());
        acquisition.names().stream()
                .filter(Valid::isReserved)
                .forEach(name -> mistakes.add(Valid.reserved("limits", name)));
        return mistakes;
    }

    /** What a body asks for, checked. */
    static Acquisition acquisition(JsonBody body) {
        Acquisition acquisition = read(body);
        Valid.fields(mistakes(acquisition), body);
        return acquisition;
    }

    private static Acquisition read(JsonBody body) {
        List<String> names = body.requiredTexts("limits");
        Acquisition asked = Acquisition.of(
                names,
                body.wholeNumber("slots", 1),
                body.seconds("leaseSeconds", AcquireLeaseRoute.DEFAULT_LEASE_MILLIS),
                body.seconds("waitSeconds", 0),
                body.holder("holder"));
        UUID leaseId = body.id(LeaseAnswers.LEASE_ID);
        return leaseId == null ? asked : asked.withId(leaseId);
    }

    private CompletableFuture<HttpAnswer> answer(Acquisition acquisition, Outcome outcome) {
        if (outcome.isHeld()) {
            return ReplyToHttp.granted(outcome.leases().get(0), LeaseBody.ofSeveral(outcome.leases()))
                    .now();
        }
        boolean isUnknown =
                outcome.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_NOT_FOUND;
        return isUnknown
                ? view.caughtUp().thenApply(caughtUp -> notFound(acquisition, outcome))
                : holders.in(ReplyToHttp.problem(outcome), outcome.reply()).now();
    }

    /** The ledger reports the first that is missing; the view has the rest. */
    private HttpAnswer notFound(Acquisition acquisition, Outcome outcome) {
        List<String> unknown = acquisition.names().stream()
                .filter(name -> name.equals(outcome.limit()) || view.limit(name) == null)
                .toList();
        String names = "'" + String.join("', '", unknown) + "'";
        return HttpAnswer.problem(ProblemType.LIMIT_NOT_FOUND
                .because(
                        unknown.size() == 1
                                ? "Limit " + names + " does not exist"
                                : "Limits " + names + " do not exist")
                .on(outcome.limit()));
    }
}
