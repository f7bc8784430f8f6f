package io.limitledger.lease;

import io.limitledger.client.NotSentException;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one limit to a command: a reply, or the reason why it has none.
 *
 * @param failure null if and only if there is a reply
 * @param changed whether the command changed anything
 */
record LimitReply(
        String limit, @Nullable Reply reply, @Nullable Throwable failure, boolean changed) {

    static LimitReply of(String limit, Reply reply) {
        return new LimitReply(limit, reply, null, false);
    }

    /** Completes when the limit has answered or failed to. Does not fail itself. */
    static CompletableFuture<LimitReply> to(String limit, CompletableFuture<ReplyRecord> asked) {
        return asked.handle((answer, failure) -> failure == null
                ? new LimitReply(limit, answer.reply(), null, answer.changed())
                : new LimitReply(limit, null, cause(failure), false));
    }

    static CompletableFuture<List<LimitReply>> all(List<CompletableFuture<LimitReply>> replies) {
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenApply(done -> replies.stream().map(CompletableFuture::join).toList());
    }

    boolean isRefusedFor(Refused.Reason reason) {
        return reply instanceof Refused refused && refused.reason() == reason;
    }

    /** Whether it is clear what became of the command: it was decided, or not even sent. */
    boolean isKnown() {
        return failure == null || failure instanceof NotSentException;
    }

    /** What one limit said, as the answer to a request to several. */
    CompletableFuture<Outcome> asOutcome() {
        return failure == null
                ? CompletableFuture.completedFuture(Outcome.of(limit, Objects.requireNonNull(reply)))
                : CompletableFuture.failedFuture(failure);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
