package io.limitledger.gateway.bench;

import java.util.concurrent.CompletableFuture;

/** Sends something, and is done when its answer is there. */
@FunctionalInterface
interface AsyncOperation {
    CompletableFuture<?> send();
}
