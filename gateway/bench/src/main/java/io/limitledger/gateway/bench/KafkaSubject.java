package io.limitledger.gateway.bench;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the ledger over Kafka, by the client that any Java service would use. */
final class KafkaSubject {
    /** More could not all be answered in time. */
    private static final int AT_ONCE = 5_000;

    private final LedgerClient client;

    KafkaSubject(LedgerClient client) {
        this.client = client;
    }

    Measurement measurement(Workload workload, Load load) {
        return Loops.of(
                load, () -> workload.cycle().stream().map(this::exchange).toList());
    }

    private AsyncOperation exchange(LimitCommand command) {
        return () -> ask(command);
    }

    CompletableFuture<Reply> ask(LimitCommand command) {
        return client.send(command).thenApply(ReplyRecord::reply).thenApply(KafkaSubject::granted);
    }

    /** For a client that blocks. */
    Caller caller() {
        return new Caller() {
            @Override
            public void call(LimitCommand command) {
                ask(command).join();
            }

            @Override
            public void close() {
                // All share the ledger's client.
            }
        };
    }

    /** Sends all of them one after the other and returns the replies. */
    List<Reply> askInOrder(List<? extends LimitCommand> commands) {
        return commands.stream().map(command -> ask(command).join()).toList();
    }

    /** Sends all of them, many at once. */
    void askAll(List<? extends LimitCommand> commands) {
        for (int from = 0; from < commands.size(); from += AT_ONCE) {
            List<? extends LimitCommand> some = commands.subList(from, Math.min(from + AT_ONCE, commands.size()));
            CompletableFuture.allOf(some.stream().map(this::ask).toArray(CompletableFuture<?>[]::new))
                    .join();
        }
    }

    private static Reply granted(Reply reply) {
        if (reply instanceof Denied || reply instanceof Refused) {
            throw new IllegalStateException("Expected every command of a workload to be granted, but got " + reply);
        }
        return reply;
    }
}
