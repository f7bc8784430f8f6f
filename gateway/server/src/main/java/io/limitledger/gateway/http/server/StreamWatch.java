package io.limitledger.gateway.http.server;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the client of an HTTP/2 request has gone. Its connection is read all the time, for other requests; so the end of the
 * connection, and a request that its client gives up, are noticed by the server itself.
 */
final class StreamWatch implements OpenExchange.Client {
    private @Nullable Runnable onGone;
    private boolean isGone;

    StreamWatch(Request request) {
        request.addFailureListener(failure -> gone());
    }

    private void gone() {
        Runnable listener;
        synchronized (this) {
            isGone = true;
            listener = onGone;
            onGone = null;
        }
        if (listener != null) {
            listener.run();
        }
    }

    @Override
    public void watch(Runnable onGone) {
        synchronized (this) {
            if (!isGone) {
                this.onGone = onGone;
                return;
            }
        }
        onGone.run();
    }

    @Override
    public synchronized boolean unwatch() {
        onGone = null;
        return isGone;
    }
}
