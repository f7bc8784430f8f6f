package io.limitledger.gateway.access;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Where tokens and rights are kept: a log of their changes, which every gateway follows. */
public interface AccessLog {
    /**
     * Changes something, while no other process does.
     *
     * @param decide is asked when the book has all changes so far; asked again if another process was quicker. What it throws, the
     *     future fails with, and nothing is changed
     * @return complete when the book here has the change
     */
    <T> CompletableFuture<T> change(Supplier<Change<T>> decide);

    /**
     * What is to be changed.
     *
     * @param records none if all is as it should be
     */
    record Change<T>(List<AccessRecord> records, T outcome) {
        public Change {
            records = List.copyOf(records);
        }
    }
}
