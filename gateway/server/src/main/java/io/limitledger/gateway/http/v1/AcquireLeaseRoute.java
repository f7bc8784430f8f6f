package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/limits/{name}/leases}: acquires slots. If the request may wait, the answer comes when its wait is over;
 * no thread waits with it.
 */
record AcquireLeaseRoute(Leases limits, Holders holders, RateLimitHeaders rates) implements RouteHandler {
    static final long DEFAULT_LEASE_MILLIS = 5L * 60 * 1_000;

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.optional(request);
        Acquisition acquisition = acquisition(request.pathParam("name"), body);
        return acquire(acquisition, body.id(LeaseAnswers.LEASE_ID), Exchange.of(request));
    }

    CompletableFuture<HttpAnswer> acquire(Acquisition acquisition, @Nullable UUID given, Exchange exchange) {
        return LeaseAnswers.acquired(limits, acquisition, given, exchange, this::answer);
    }

    private CompletableFuture<HttpAnswer> answer(Outcome outcome) {
        HttpAnswer answer = holders.in(ReplyToHttp.of(outcome.reply()), outcome.reply());
        return rates.on(answer, outcome.reply()).now();
    }

    /** What a body asks for, checked. */
    static Acquisition acquisition(String limit, JsonBody body) {
        long slots = body.wholeNumber("slots", 1);
        long leaseMillis = body.seconds("leaseSeconds", DEFAULT_LEASE_MILLIS);
        long waitMillis = body.seconds("waitSeconds", 0);
        UUID given = body.id(LeaseAnswers.LEASE_ID);
        UUID leaseId = given == null ? LeaseIds.newFor(limit) : given;
        return Acquisition.of(Valid.command(
                new AcquireLease(limit, leaseId, slots, leaseMillis, waitMillis, body.holder("holder"), List.of()),
                body));
    }
}
