package io.limitledger.client;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks the ledger: puts a command into the log, and completes with what was decided. {@link LedgerClient} asks over Kafka;
 * what else a caller needs (confirming, retrying, counting, timing) is put around it, one {@link AskingDecorator} for each.
 *
 * <p>A future ends with {@link UnknownOutcomeException} if no answer came in time, or with {@link NotSentException} if the
 * command has no effect because it was not sent. What follows a future must not block.
 */
public interface Asking {
    /**
     * Sends a command to a partition of the commands topic.
     *
     * @param by name of the principal that asks for it, which the log keeps; null if none is known
     */
    CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by);

    /** The same on no one's behalf. */
    default CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
        return send(command, partition, null);
    }

    /** Asks here on behalf of a principal: whatever is sent through it carries its name. */
    default Asking as(OnBehalf caller) {
        return caller.over(this);
    }

    /** Number of partitions of the commands topic. */
    int partitions();

    /** Sends a command that names its limit to the partition of that limit. */
    default CompletableFuture<ReplyRecord> send(LimitCommand command) {
        return send(command, partitionOf(command));
    }

    /** The partition of a command that names its limit. */
    default int partitionOf(LimitCommand command) {
        String limit = Objects.requireNonNull(command.limit(), "the command must name its limit");
        return LeaseIds.partition(limit, partitions());
    }

    /** Sends a command to the partition of its limit, or of its lease id if it names no limit. */
    default CompletableFuture<ReplyRecord> send(LimitCommand command, UUID leaseId) {
        return command.limit() == null ? send(command, LeaseIds.likelyPartition(leaseId, partitions())) : send(command);
    }

    /** Whether a command only gives back. These are counted apart: giving back must not keep anyone from asking. */
    static boolean givesBack(LimitCommand command) {
        return command instanceof ReleaseLease || command instanceof CancelAcquire || command instanceof ReturnSlots;
    }
}
