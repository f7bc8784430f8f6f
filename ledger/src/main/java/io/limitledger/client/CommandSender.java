package io.limitledger.client;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.wire.LeaseIds;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Puts commands into the log and hears what was decided of them. An interface, so that what is built on it can be tried
 * in virtual time.
 */
public interface CommandSender {
    /** Sends a command to a partition of the commands topic. */
    CompletableFuture<Answer> send(LimitCommand command, int partition);

    /** Sends a command that is not answered; completes when it stands in the log. */
    CompletableFuture<RecordMetadata> append(LimitCommand command, int partition);

    /** Number of partitions of the commands topic. */
    int commandPartitions();

    /** Sends a command that names its limit. */
    default CompletableFuture<Answer> send(LimitCommand command) {
        return send(command, partitionOf(command));
    }

    /** Whether a command only gives back. Such are counted apart: who gives back must keep no one from asking. */
    static boolean givesBack(LimitCommand command) {
        return command instanceof ReleaseLease || command instanceof CancelAcquire || command instanceof ReturnSlots;
    }

    /** The partition of a command that names its limit. */
    default int partitionOf(LimitCommand command) {
        String limit = Objects.requireNonNull(command.limit(), "Expected a command that names its limit");
        return LeaseIds.partition(limit, commandPartitions());
    }

    /** Sends a command to the partition of its limit, or of its lease id if it names no limit. */
    default CompletableFuture<Answer> send(LimitCommand command, UUID leaseId) {
        return command.limit() == null
                ? send(command, LeaseIds.likelyPartition(leaseId, commandPartitions()))
                : send(command);
    }
}
