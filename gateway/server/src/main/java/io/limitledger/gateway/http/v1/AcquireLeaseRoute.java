package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/limits/{name}/leases}: acquires slots. If the request may wait, the answer comes when its wait is over;
 * no thread waits with it.
 */
record AcquireLeaseRoute(Leases limits, Holders holders, RateLimitHeaders rates) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.optional(request);
        return acquire(AcquireBody.ofOne(request.pathParam("name"), body), Exchange.of(request));
    }

    CompletableFuture<HttpAnswer> acquire(AcquireBody asked, Exchange exchange) {
        asked.acquisition().names().forEach(name -> exchange.caller().require(Right.HOLD, name));
        return LeaseAnswers.acquired(limits.as(exchange.onBehalf()), asked, exchange, this::answer);
    }

    private CompletableFuture<HttpAnswer> answer(Outcome outcome) {
        HttpAnswer answer = holders.in(ReplyToHttp.of(outcome.reply()), outcome.reply());
        return rates.on(answer, outcome.reply()).now();
    }
}
