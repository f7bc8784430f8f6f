package io.limitledger.holder;

import io.limitledger.client.Asking;
import io.limitledger.client.OnBehalf;
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
    private final Asking ledger;
    private final Timer timer;
    /** By the principal for which it asks. */
    private final Map<String, Transport> transports = new LinkedHashMap<>();

    private final Map<Integer, CompletableFuture<?>> connections = new LinkedHashMap<>();
    private int lastConnection;
    private boolean dead;

    public SimulatedGateway(Sending sender, Timer timer) {
        this.ledger = sender.confirming();
        this.timer = timer;
    }

    private Transport transportOf(String principal) {
        return transports.computeIfAbsent(
                principal, by -> new KafkaTransport(ledger.as(new OnBehalf(by, limit -> false)), timer, () -> {}));
    }

    /** @param principal as which the client has authenticated itself; it administers no limit */
    <T> CompletableFuture<T> ask(String principal, Function<Transport, CompletableFuture<T>> question) {
        if (dead) {
            return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        int connection = ++lastConnection;
        connections.put(connection, answer);
        CompletableFuture<T> unused = question.apply(transportOf(principal)).whenComplete((value, failure) -> {
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
