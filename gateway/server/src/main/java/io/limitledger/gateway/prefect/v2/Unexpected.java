package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.answer.Fault;

/** Replies that mean the same wherever they come up: mostly somebody else was faster. */
final class Unexpected {
    private Unexpected() {}

    static HttpAnswer answer(Reply reply) {
        if (!(reply instanceof Refused refused)) {
            throw new IllegalStateException("Expected the outcome of the request, but got " + reply.type());
        }
        return switch (refused.reason()) {
            case LIMIT_NOT_FOUND, LIMIT_DELETED -> Detail.answer(404, "Concurrency Limit not found");
            case LIMIT_MOVING -> Fault.unavailable();
            case INVALID_COMMAND, SLOTS_EXCEED_LIMIT, LEASE_REQUIRED -> Detail.answer(422, refused.message());
            default -> Detail.answer(409, refused.message());
        };
    }
}
