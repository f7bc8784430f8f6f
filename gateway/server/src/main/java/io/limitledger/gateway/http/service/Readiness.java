package io.limitledger.gateway.http.service;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether requests can be answered, part by part. */
@FunctionalInterface
public interface Readiness {
    /** As known at the moment, at once. */
    List<Part> parts();

    /** The same after trying out what can be tried, which takes some seconds at most. */
    default CompletableFuture<List<Part>> look() {
        return CompletableFuture.completedFuture(parts());
    }

    /**
     * Something that must be ready.
     *
     * @param detail what it waits for, or what it has come to
     */
    record Part(String name, boolean ready, String detail) {}
}
