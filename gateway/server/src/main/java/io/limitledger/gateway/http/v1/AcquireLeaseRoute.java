package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.core.command.AcquireLease;
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

/**
 * {@code POST /v1/limits/{name}/leases}: acquires slots. If the request may wait, the answer comes when its wait is over;
 * no thread waits with it.
 */
record AcquireLeaseRoute(Leases limits, Holders holders) implements RouteHandler {
    static final long DEFAULT_LEASE_MILLIS = 5L * 60 * 1_000;

    private static final String LEASE_ID = "leaseId";

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.optional(request);
        AcquireLease acquire = Valid.command(acquire(request.pathParam("name"), body), body);
        return LeaseAnswers.acquired(limits, Acquisition.of(acquire), body.id(LEASE_ID), request, this::answer);
    }

    private CompletableFuture<HttpAnswer> answer(Outcome outcome) {
        return holders.in(ReplyToHttp.of(outcome.reply()), outcome.reply()).now();
    }

    private static AcquireLease acquire(String limit, JsonBody body) {
        long slots = body.wholeNumber("slots", 1);
        long leaseMillis = body.seconds("leaseSeconds", DEFAULT_LEASE_MILLIS);
        long waitMillis = body.seconds("waitSeconds", 0);
        UUID given = body.id(LEASE_ID);
        UUID leaseId = given == null ? LeaseIds.newFor(limit) : given;
        return new AcquireLease(limit, leaseId, slots, leaseMillis, waitMillis, body.holder("holder"), List.of());
    }
}
