package io.limitledger.gateway.http.service;

import java.util.List;

/** Whether requests can be answered, part by part. */
@FunctionalInterface
public interface Readiness {
    List<Part> parts();

    /**
     * Something that must be ready.
     *
     * @param detail what it waits for, or what it has come to
     */
    record Part(String name, boolean ready, String detail) {}
}
