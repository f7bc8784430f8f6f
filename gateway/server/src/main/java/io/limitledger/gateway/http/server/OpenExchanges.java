package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The requests, and asks of sessions, that wait for their answers. When the server stops, they are answered at once. */
final class OpenExchanges {
    /** About as long as a restart takes. */
    private static final long RETRY_MILLIS = 3_000;

    /** After this time a client is watched: a decision takes a few milliseconds, a wait seconds. */
    private static final long MOMENT_MILLIS = 20;

    private final Set<OpenExchange> open = ConcurrentHashMap.newKeySet();
    private final Executor later;
    private List<OpenExchange> young = new ArrayList<>();
    private volatile boolean isStopping;

    /** @param executor runs what must be done for exchanges that stay open */
    OpenExchanges(Executor executor) {
        this.later = CompletableFuture.delayedExecutor(MOMENT_MILLIS, TimeUnit.MILLISECONDS, executor);
    }

    /** Hands an exchange to its handler. */
    CompletableFuture<HttpAnswer> handle(OpenExchange exchange) {
        if (isStopping) {
            exchange.lose(new ProblemException(stopping()));
        } else {
            exchange.run();
        }
        return exchange.answer().isDone() ? exchange.answer() : keep(exchange);
    }

    private CompletableFuture<HttpAnswer> keep(OpenExchange exchange) {
        open.add(exchange);
        add(exchange);
        CompletableFuture<HttpAnswer> answer =
                exchange.answer().whenComplete((answered, failure) -> open.remove(exchange));
        if (isStopping) {
            exchange.lose(new ProblemException(stopping()));
        }
        return answer;
    }

    private synchronized void add(OpenExchange exchange) {
        if (young.isEmpty()) {
            later.execute(this::grow);
        }
        young.add(exchange);
    }

    private void grow() {
        List<OpenExchange> grown;
        synchronized (this) {
            grown = young;
            young = new ArrayList<>();
        }
        grown.forEach(OpenExchange::beLong);
    }

    /** Answers all that wait; those that come from now on are answered likewise, and not handled. */
    void stop() {
        isStopping = true;
        open.forEach(exchange -> exchange.lose(new ProblemException(stopping())));
    }

    static Problem stopping() {
        return ProblemType.STOPPING
                .because("This gateway is stopping; repeat the request. An acquire with a leaseId of yours keeps its"
                        + " position in the queue; what else was asked for is given back")
                .retryAfter(RETRY_MILLIS);
    }
}
