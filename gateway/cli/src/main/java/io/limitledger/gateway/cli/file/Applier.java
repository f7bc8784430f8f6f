package io.limitledger.gateway.cli.file;

import io.limitledger.gateway.cli.client.GatewayClient;
import io.limitledger.gateway.cli.client.GatewayException;
import io.limitledger.gateway.cli.client.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes changes, several limits at a time; those of one limit one after the other. */
final class Applier {
    /** As many as keep a ledger busy. */
    private static final int AT_A_TIME = 16;

    /** A gateway that is busy or restarted is back within a minute. */
    private static final int TRIES = 30;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final GatewayClient gateway;
    private final Semaphore free = new Semaphore(AT_A_TIME);

    /** What could not be made, and why. */
    record Failure(Change change, GatewayException reason) {}

    Applier(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /** Makes all that it can, and returns what it could not. */
    List<Failure> make(List<Change> changes) throws InterruptedException {
        Map<String, List<Change>> byLimit = new LinkedHashMap<>();
        changes.forEach(change -> byLimit.computeIfAbsent(change.limit(), limit -> new ArrayList<>())
                .add(change));
        List<Failure> failures = new ArrayList<>();
        for (List<Change> ofLimit : byLimit.values()) {
            free.acquire();
            inTurn(ofLimit, 0, failures).whenComplete((unused, failure) -> free.release());
        }
        free.acquire(AT_A_TIME);
        return failures;
    }

    private CompletionStage<Boolean> inTurn(List<Change> changes, int index, List<Failure> failures) {
        if (index == changes.size()) {
            return CompletableFuture.completedFuture(true);
        }
        Change change = changes.get(index);
        return made(change, TRIES)
                .handle((answer, failure) -> {
                    if (failure == null) {
                        return true;
                    }
                    synchronized (failures) {
                        failures.add(new Failure(change, known(failure)));
                    }
                    return false;
                })
                .thenCompose(isMade ->
                        isMade ? inTurn(changes, index + 1, failures) : CompletableFuture.completedFuture(false));
    }

    /** To make any of these changes twice is harmless. */
    private CompletionStage<JsonObject> made(Change change, int tries) {
        return gateway.askLater(change.method(), change.path(), change.body(), Duration.ZERO)
                .exceptionallyCompose(failure -> {
                    GatewayException known = known(failure);
                    boolean isWorthwhile = known.isPassing() || known.status() == 504;
                    if (!isWorthwhile || tries == 1) {
                        return CompletableFuture.failedFuture(known);
                    }
                    long pauseMillis = Math.min((long) (known.retryAfterSeconds() * 1_000), LONGEST_PAUSE_MILLIS);
                    Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS);
                    return CompletableFuture.completedFuture(tries - 1)
                            .thenComposeAsync(left -> made(change, left), later);
                });
    }

    private static GatewayException known(Throwable failure) {
        GatewayException known = GatewayException.in(failure);
        if (known == null) {
            throw new IllegalStateException(failure);
        }
        return known;
    }
}
