package io.limitledger.gateway.access;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Changes a book at once, one change after the other. */
public final class AccessInMemory implements AccessLog {
    private final AccessBook book;

    public AccessInMemory(AccessBook book) {
        this.book = book;
    }

    @Override
    public synchronized <T> CompletableFuture<T> change(Supplier<Change<T>> decide) {
        try {
            Change<T> change = decide.get();
            change.records().forEach(book::apply);
            return CompletableFuture.completedFuture(change.outcome());
        } catch (AccessRefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
