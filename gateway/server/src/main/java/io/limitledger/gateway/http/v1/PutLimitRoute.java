package io.limitledger.gateway.http.v1;

import io.javalin.http.Context;
import io.limitledger.client.Asking;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Valid;
import java.util.concurrent.CompletableFuture;

/** {@code PUT /v1/limits/{name}}: creates a limit, or replaces its definition. */
record PutLimitRoute(Asking ledger, DefinitionFields fields, Tags tags) implements RouteHandler {
    private static final int PRECONDITION_FAILED = 412;

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        JsonBody body = JsonBody.required(request);
        boolean mustBeNew = "*".equals(request.header("If-None-Match"));
        PutLimit put = new PutLimit(request.pathParam("name"), fields.definition(body), null, mustBeNew);
        Valid.newName("name", put.limit());
        PutLimit valid = Valid.command(put, body);
        return tags.check(request, put.limit())
                .thenCompose(
                        matches -> ledger.as(Exchange.of(request).onBehalf()).send(valid))
                .thenApply(answer -> answer(answer.reply()));
    }

    /** What was refused only because of a condition of the request has a status of its own (RFC 9110). */
    private static HttpAnswer answer(Reply reply) {
        HttpAnswer answer = ReplyToHttp.of(reply);
        boolean exists = reply instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_EXISTS;
        return exists && answer.body() instanceof Problem problem
                ? HttpAnswer.problem(problem.withStatus(PRECONDITION_FAILED))
                : answer;
    }
}
