package io.limitledger.holder;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
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

    /** What went wrong, with what to do about it where that is known. */
    static String inWords(@Nullable Throwable failure) {
        Throwable cause = cause(failure);
        String text = String.valueOf(cause.getMessage());
        if (!(cause instanceof SSLException)) {
            return cause.toString();
        }
        if (text.contains("PKIX") || text.contains("unable to find valid certification path")) {
            return "its certificate is not trusted here (" + text + "); set " + Gateway.CA_FILE
                    + " to a PEM file with the certificate of the authority it comes from";
        }
        return text.contains("plaintext connection")
                ? "it does not speak TLS there; write http:// instead of https:// if that is meant"
                : "TLS failed: " + text;
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
