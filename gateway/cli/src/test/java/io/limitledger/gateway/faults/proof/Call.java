package io.limitledger.gateway.faults.proof;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question of a client with its answer.
 *
 * @param client name of the client
 * @param way name of the gateway, or Kafka
 */
public record Call(String client, String way, Question asked, Moment start, Moment end, Answer answer) {
    public boolean is(Question.Kind kind, Answer.Result result) {
        return asked.kind() == kind && answer.result() == result;
    }

    public @Nullable UUID leaseId() {
        return asked.leaseId();
    }
}
