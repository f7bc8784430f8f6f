package io.limitledger.holder;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
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

    /** Whether there was no connection, so that nothing has been sent. */
    static boolean isUnconnected(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpConnectTimeoutException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
