package io.limitledger.holder;

import io.limitledger.client.Sending;
import io.limitledger.timer.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One gateway process, which asks the ledger on behalf of clients with the Kafka transport of the Java client. Its open
 * requests fail when it dies.
 */
public final class SimulatedGateway {
    private final Transport transport;
    private final Map<Integer, CompletableFuture<?>> connections = new LinkedHashMap<>();
    private int lastConnection;
    private boolean dead;

    public SimulatedGateway(Sending sender, Timer timer) {
        this.transport = new KafkaTransport(sender.confirming(), timer, () -> {});
    }

    <T> CompletableFuture<T> ask(Function<Transport, CompletableFuture<T>> question) {
        if (dead) {
            return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        int connection = ++lastConnection;
        connections.put(connection, answer);
        CompletableFuture<T> unused = question.apply(transport).whenComplete((value, failure) -> {
            connections.remove(connection);
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
        List.copyOf(connections.values())
                .forEach(answer -> answer.completeExceptionally(new IllegalStateException("connection reset")));
    }
}
