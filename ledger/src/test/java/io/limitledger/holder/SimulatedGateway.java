package io.limitledger.holder;

import io.limitledger.client.CommandSender;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One life of a gateway: asks the ledger for others, as a Java client does for itself. With it dies what it was asked. */
public final class SimulatedGateway {
    private final Transport transport;
    private final Set<CompletableFuture<?>> connections = new LinkedHashSet<>();
    private boolean dead;

    public SimulatedGateway(CommandSender sender) {
        this.transport = new KafkaTransport(sender, () -> {});
    }

    <T> CompletableFuture<T> ask(Function<Transport, CompletableFuture<T>> question) {
        if (dead) {
            return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        connections.add(answer);
        CompletableFuture<T> unused = question.apply(transport).whenComplete((value, failure) -> {
            connections.remove(answer);
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    public void die() {
        dead = true;
        for (CompletableFuture<?> connection : new LinkedHashSet<>(connections)) {
            connection.completeExceptionally(new IllegalStateException("connection reset"));
        }
    }
}
