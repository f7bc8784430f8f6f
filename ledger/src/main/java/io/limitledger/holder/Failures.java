package io.limitledger.holder;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What futures fail with. */
final class Failures {
    private Failures() {}

    /** The failure itself, where a future has wrapped it. */
    static Throwable cause(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("nothing came");
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
