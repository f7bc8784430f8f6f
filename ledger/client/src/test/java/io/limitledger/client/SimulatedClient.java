package io.limitledger.client;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A {@link LedgerClient} without Kafka: the same bookkeeping of what waits for its answer, over any way to the log. */
public final class SimulatedClient implements Sending {
    private final Wire wire;
    private final int partitions;
    private final PendingCommands pending;

    /** A way to the log. */
    @FunctionalInterface
    public interface Wire {
        /**
         * Sends a command.
         *
         * @param by name of the principal that asks; null if none is known
         * @param correlationId null if no answer is wanted
         * @param appended called when it is known to stand in the log
         * @param unknown called when nobody knows whether it does
         */
        void send(
                LimitCommand command,
                int partition,
                @Nullable String by,
                @Nullable String correlationId,
                Consumer<RecordMetadata> appended,
                Runnable unknown);
    }

    public SimulatedClient(Wire wire, int partitions, Timer timer) {
        this.wire = wire;
        this.partitions = partitions;
        this.pending = new PendingCommands(
                timer, ClientSettings.DEFAULT_TIMEOUT, ClientSettings.DEFAULT_MAX_IN_FLIGHT, () -> 0);
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        PendingCommands.Pending asked = pending.add(command);
        wire.send(
                command,
                partition,
                by,
                asked.correlationId(),
                appended -> {},
                () -> pending.fail(asked, notAcknowledged(command)));
        return asked.future();
    }

    @Override
    public CompletableFuture<RecordMetadata> append(LimitCommand command, int partition, @Nullable String by) {
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        wire.send(
                command,
                partition,
                by,
                null,
                done::complete,
                () -> done.completeExceptionally(notAcknowledged(command)));
        return done;
    }

    private static UnknownOutcomeException notAcknowledged(LimitCommand command) {
        return new UnknownOutcomeException("Expected Kafka to acknowledge " + command.type() + ", but it did not");
    }

    /** An answer has come. */
    public void answered(String correlationId, ReplyRecord answer) {
        pending.answer(correlationId, answer);
    }

    @Override
    public int partitions() {
        return partitions;
    }
}
