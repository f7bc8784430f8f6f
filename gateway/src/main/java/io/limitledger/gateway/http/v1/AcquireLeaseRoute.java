package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Answer;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.gateway.http.ClientWatch;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LedgerPort;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v1/limits/{name}/leases}: acquires slots. If the request may wait, the answer comes when its wait is over;
 * no thread waits with it.
 */
record AcquireLeaseRoute(LedgerPort ledger) implements RouteHandler {
    static final long DEFAULT_LEASE_MILLIS = 5L * 60 * 1_000;

    private static final String LEASE_ID = "leaseId";

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.optional(request);
        AcquireLease acquire = Valid.command(acquire(request.pathParam("name"), body), body);
        CompletableFuture<Answer> answer = ledger.send(acquire);
        if (acquire.waitMillis() > 0 && body.id(LEASE_ID) == null) {
            answer = ClientWatch.until(answer, request, () -> giveUp(acquire));
        }
        return ForLease.answer(acquire.leaseId(), answer.thenApply(ReplyToHttp::of));
    }

    /** Whoever knows its id may ask again, and keeps its place; nobody else knows one that was made here. */
    private void giveUp(AcquireLease acquire) {
        CompletableFuture<Answer> unused = ledger.send(new ReleaseLease(acquire.limit(), acquire.leaseId()));
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
