package io.limitledger.gateway.faults.proof;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question of a client, and what came of it.
 *
 * @param client who asked
 * @param way through which gateway, or over Kafka
 */
public record Call(String client, String way, Question asked, Moment start, Moment end, Answer answer) {
    public boolean is(Question.Kind kind, Answer.Result result) {
        return asked.kind() == kind && answer.result() == result;
    }

    public @Nullable UUID leaseId() {
        return asked.leaseId();
    }
}
