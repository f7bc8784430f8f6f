package io.limitledger.gateway.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reports, while a request waits for its answer, that the client has gone. The server reads nothing meanwhile, and so would not
 * notice before it writes. Everything that the server reads from the connection goes through here.
 *
 * <p>Detecting a disconnect requires reading. Bytes that the client pipelines are buffered for the server, and end the
 * watch. A client that only shuts its sending side counts as gone, as it does with other servers.
 */
final class ClientWatch {
    private static final int AHEAD_BYTES = 1_024;

    private final Executor executor;
    private final ConnectionUse use;
    private final Unwatched connection;
    private final Object lock = new Object();
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
    private boolean isWatched;
    private boolean isGone;
    private @Nullable Runnable onGone;
    private @Nullable Callback reader;

    /** What the connection does itself. */
    interface Unwatched {
        int fill(ByteBuffer buffer) throws IOException;

        void fillInterested(Callback callback);

        boolean tryFillInterested(Callback callback);

        boolean isFillInterested();
    }

    ClientWatch(Executor executor, ConnectionUse use, Unwatched connection) {
        this.executor = executor;
        this.use = use;
        this.connection = connection;
    }

    /** To be called while a request is being handled, so while the server does not read. */
    void watch(Runnable onGone) {
        synchronized (lock) {
            this.onGone = onGone;
            if (isWatched || ahead.hasRemaining()) {
                return;
            }
            isWatched = true;
        }
        look();
    }

    /** There is an answer, after which a client may go as it likes. Returns whether it has gone already. */
    boolean unwatch() {
        synchronized (lock) {
            onGone = null;
            return isGone || lookNow();
        }
    }

    /** What has come may not have been noticed yet. A watch that is set sees to the rest. */
    private boolean lookNow() {
        if (!ahead.hasRemaining()) {
            try {
                isGone = fillAhead() < 0;
            } catch (IOException e) {
                isGone = true;
            }
        }
        return isGone;
    }

    private int fillAhead() throws IOException {
        ByteBuffer buffer = BufferUtil.allocate(AHEAD_BYTES);
        int filled = connection.fill(buffer);
        if (filled > 0) {
            ahead = buffer;
        }
        return filled;
    }

    private void look() {
        connection.fillInterested(Callback.from(this::readAhead, this::fail));
    }

    private void readAhead() {
        Runnable next;
        synchronized (lock) {
            next = read();
        }
        next.run();
    }

    private void fail(Throwable failure) {
        Runnable next;
        synchronized (lock) {
            next = end(true, failure);
        }
        next.run();
    }

    /**
     * In one step with what follows from it: once its request is answered the server may read too, at the same time, and
     * must get everything in its order.
     *
     * @return what to do next, without the lock
     */
    private Runnable read() {
        if (reader != null || ahead.hasRemaining()) {
            // What comes now is the next request.
            return end(false, null);
        }
        try {
            int filled = fillAhead();
            return filled == 0 ? this::look : end(filled < 0, null);
        } catch (IOException e) {
            return end(true, e);
        }
    }

    private Runnable end(boolean isEnd, @Nullable Throwable failure) {
        isGone |= isEnd;
        Runnable listener = isGone ? onGone : null;
        Callback waiting = reader;
        isWatched = false;
        onGone = null;
        reader = null;
        return () -> {
            if (listener != null) {
                listener.run();
            }
            if (waiting != null && failure != null) {
                waiting.failed(failure);
            } else if (waiting != null) {
                waiting.succeeded();
            }
        };
    }

    void fillInterested(Callback callback) {
        use.isAwaited();
        if (!keep(callback)) {
            connection.fillInterested(callback);
        }
    }

    boolean tryFillInterested(Callback callback) {
        use.isAwaited();
        return keep(callback) || connection.tryFillInterested(callback);
    }

    /** Whether the server does: what the watch does it must not see. */
    boolean isFillInterested() {
        synchronized (lock) {
            return isWatched ? reader != null : connection.isFillInterested();
        }
    }

    /** The server wants to read on. While the connection is watched, the watch goes first. */
    private boolean keep(Callback callback) {
        synchronized (lock) {
            if (!ahead.hasRemaining()) {
                if (isWatched) {
                    reader = callback;
                }
                return isWatched;
            }
        }
        executor.execute(callback::succeeded);
        return true;
    }

    int fill(ByteBuffer buffer) throws IOException {
        synchronized (lock) {
            return ahead.hasRemaining() ? BufferUtil.append(buffer, ahead) : connection.fill(buffer);
        }
    }
}
