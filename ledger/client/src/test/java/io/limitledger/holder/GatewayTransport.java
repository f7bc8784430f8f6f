package io.limitledger.holder;

import io.limitledger.timer.Timer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A transport to a simulated gateway over a network that may lose the question or the answer. The client is not
 * notified of a loss, and times out.
 */
final class GatewayTransport implements Transport {
    private static final long ANSWER_TIMEOUT_MILLIS = 12_000;

    private final Supplier<SimulatedGateway> gateway;
    private final String principal;
    private final Timer timer;
    private final LongSupplier wayMillis;

    /**
     * Of one client.
     *
     * @param principal as which it asks
     * @param wayMillis delay of one message in milliseconds; negative if the message is lost
     */
    GatewayTransport(Supplier<SimulatedGateway> gateway, String principal, Timer timer, LongSupplier wayMillis) {
        this.gateway = gateway;
        this.principal = principal;
        this.timer = timer;
        this.wayMillis = wayMillis;
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        return ask(transport -> transport.acquire(request, leaseId, waitMillis), waitMillis);
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        return ask(transport -> transport.renew(request, leaseId), 0);
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        return ask(transport -> transport.release(request, leaseId, used), 0);
    }

    private <T> CompletableFuture<T> ask(Function<Transport, CompletableFuture<T>> question, long waitMillis) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable cancelTimeout = timer.in(
                ANSWER_TIMEOUT_MILLIS + waitMillis,
                () -> answer.completeExceptionally(new IllegalStateException("timed out")));
        travel(() -> {
            CompletableFuture<T> unused = gateway.get()
                    .ask(principal, question)
                    .whenComplete((value, failure) -> travel(() -> {
                        cancelTimeout.run();
                        end(answer, value, failure);
                    }));
        });
        return answer;
    }

    private void travel(Runnable arrival) {
        long millis = wayMillis.getAsLong();
        if (millis >= 0) {
            timer.in(millis, arrival);
        }
    }

    private static <T> void end(CompletableFuture<T> answer, T value, Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {}
}
