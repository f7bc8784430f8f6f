package io.limitledger.gateway.faults;

import io.limitledger.client.Confirming;
import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Lease;
import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way over Kafka, without a gateway. */
record KafkaWay(String name, Confirming client) implements Way {
    static KafkaWay over(LedgerClient client) {
        return new KafkaWay("kafka", Confirming.over(client));
    }

    @Override
    public CompletableFuture<Answer> ask(Question question) {
        return client.send(command(question)).thenApply(answer -> answer(answer.reply()));
    }

    private static LimitCommand command(Question question) {
        return switch (question.kind()) {
            case ACQUIRE ->
                new AcquireLease(
                        question.limit(),
                        question.leaseId(),
                        question.slots(),
                        question.leaseMillis(),
                        question.waitMillis(),
                        null,
                        List.of());
            case RENEW -> new RenewLease(question.limit(), question.leaseId(), question.leaseMillis(), null);
            case RELEASE -> new ReleaseLease(question.limit(), question.leaseId());
            case LOOK -> throw new IllegalArgumentException("A look sends nothing: " + question);
        };
    }

    private static Answer answer(Reply reply) {
        if (reply instanceof Granted granted) {
            return lease(Result.GRANTED, granted.lease());
        }
        if (reply instanceof Renewed renewed) {
            return lease(Result.RENEWED, renewed.lease());
        }
        return Answer.of(result(reply), reply.toString());
    }

    private static Result result(Reply reply) {
        if (reply instanceof Released) {
            return Result.RELEASED;
        }
        if (reply instanceof Denied) {
            return Result.DENIED;
        }
        boolean isGone = reply instanceof Cancelled
                || (reply instanceof Refused refused && refused.reason() == Refused.Reason.LEASE_GONE);
        return isGone ? Result.GONE : Result.WRONG;
    }

    private static Answer lease(Result result, Lease lease) {
        return new Answer(result, lease.startsAt(), lease.expiresAt(), "a lease");
    }
}
