package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reports, while a request waits for its answer, that the client has gone. The server reads nothing
 * meanwhile, and so would not notice before it writes.
 *
 * <p>Detecting a disconnect requires reading. Bytes that the client pipelines are buffered for the server, and end the
 * watch. A client that only shuts its sending side counts as gone, as it does with other servers.
 */
final class WatchedConnection extends SocketChannelEndPoint implements OpenExchange.Client {
    private static final int AHEAD_BYTES = 1_024;

    private final Executor executor;
    private final Object lock = new Object();
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
    private boolean isWatched;
    private boolean isGone;
    private @Nullable Runnable onGone;
    private @Nullable Callback reader;
    private volatile boolean isBusy;
    private volatile long usedNanos = System.nanoTime();
    private volatile int servedInARow;

    WatchedConnection(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** The connection of a request; null where it cannot be watched. */
    static @Nullable WatchedConnection of(Context request) {
        return of(request.req());
    }

    static @Nullable WatchedConnection of(HttpServletRequest request) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        return endPoint instanceof WatchedConnection connection ? connection : null;
    }

    /** A request has come, whole. */
    void begin() {
        isBusy = true;
        usedNanos = System.nanoTime();
    }

    /** Its answer is known; whether the client reads it concerns no other. */
    void answered() {
        isBusy = false;
        usedNanos = System.nanoTime();
    }

    /** Whether it waits for an answer. */
    boolean isBusy() {
        return isBusy;
    }

    /** Time since its last request, or since it came. */
    long silentNanos() {
        return System.nanoTime() - usedNanos;
    }

    /** Whether its next request was there before the server had to wait for it; to be asked once for each answer. */
    boolean isGreedy() {
        int before = servedInARow;
        servedInARow = before + 1;
        return before > 0;
    }

    /** To be called while a request is being handled, so while the server does not read. */
    @Override
    public void watch(Runnable onGone) {
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
    @Override
    public boolean unwatch() {
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
        int filled = super.fill(buffer);
        if (filled > 0) {
            ahead = buffer;
        }
        return filled;
    }

    private void look() {
        super.fillInterested(Callback.from(this::readAhead, this::fail));
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

    @Override
    public void fillInterested(Callback callback) {
        servedInARow = 0;
        if (!keep(callback)) {
            super.fillInterested(callback);
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        servedInARow = 0;
        return keep(callback) || super.tryFillInterested(callback);
    }

    /** Whether the server does: what the watch does it must not see. */
    @Override
    public boolean isFillInterested() {
        synchronized (lock) {
            return isWatched ? reader != null : super.isFillInterested();
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

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (lock) {
            return ahead.hasRemaining() ? BufferUtil.append(buffer, ahead) : super.fill(buffer);
        }
    }
}
