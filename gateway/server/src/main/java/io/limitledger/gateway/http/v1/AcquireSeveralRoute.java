package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/leases}: acquires slots of several limits, all or nothing. If the request may wait, it holds those that
 * it has while it waits for the others.
 */
record AcquireSeveralRoute(Leases limits, LimitsView view, Holders holders) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        return acquire(AcquireBody.ofSeveral(JsonBody.required(request)), Exchange.of(request));
    }

    CompletableFuture<HttpAnswer> acquire(AcquireBody asked, Exchange exchange) {
        return LeaseAnswers.acquired(limits, asked, exchange, outcome -> answer(asked.acquisition(), outcome));
    }

    private CompletableFuture<HttpAnswer> answer(Acquisition acquisition, Outcome outcome) {
        if (outcome.isHeld()) {
            return ReplyToHttp.granted(outcome.leases().get(0), LeaseBody.ofSeveral(outcome.leases()))
                    .now();
        }
        if (outcome.reply() instanceof Checked checked) {
            return HttpAnswer.json(200, CheckBody.of(checked, outcome.limit())).now();
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
