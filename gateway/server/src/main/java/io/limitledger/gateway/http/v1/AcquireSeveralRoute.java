package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Refused;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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
        requireHold(asked.acquisition(), exchange.caller());
        return LeaseAnswers.acquired(
                limits.as(exchange.onBehalf()), asked, exchange, outcome -> answer(asked.acquisition(), outcome));
    }

    /** Those that the caller may not read are missing, as those that do not exist. */
    private void requireHold(Acquisition acquisition, Caller caller) {
        List<String> hidden = acquisition.names().stream()
                .filter(name -> !caller.may(Right.READ, name))
                .toList();
        if (!hidden.isEmpty()) {
            throw new ProblemException(notFound(acquisition, hidden, hidden.get(0)));
        }
        acquisition.names().forEach(name -> caller.require(Right.HOLD, name));
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
                ? view.caughtUp()
                        .thenApply(caughtUp ->
                                HttpAnswer.problem(notFound(acquisition, List.of(missing(outcome)), outcome.limit())))
                : holders.in(ReplyToHttp.problem(outcome), outcome.reply()).now();
    }

    private static String missing(Outcome outcome) {
        return String.valueOf(outcome.limit());
    }

    /** Some are known to be missing; the view has the rest. */
    private Problem notFound(Acquisition acquisition, List<String> missing, @Nullable String first) {
        List<String> unknown = acquisition.names().stream()
                .filter(name -> missing.contains(name) || view.limit(name) == null)
                .toList();
        String names = "'" + String.join("', '", unknown) + "'";
        return ProblemType.LIMIT_NOT_FOUND
                .because(
                        unknown.size() == 1
                                ? "Limit " + names + " does not exist"
                                : "Limits " + names + " do not exist")
                .on(first);
    }
}
