package io.limitledger.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that tells, while a request waits for its answer, that the client has gone. The server reads nothing
 * meanwhile, and so would not notice before it writes.
 *
 * <p>To notice is to read. What a client sends ahead is kept for the server, which reads it in its turn, and is the end of
 * the watch. A client that only shuts its sending side counts as gone, as it does with other servers.
 */
final class WatchedConnection extends SocketChannelEndPoint {
    private static final int AHEAD_BYTES = 1_024;

    private final Executor executor;
    private final Object lock = new Object();
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
    private boolean isWatched;
    private @Nullable Runnable onGone;
    private @Nullable Callback reader;

    WatchedConnection(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
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

    /** There is an answer, after which a client may go as it likes. */
    void unwatch() {
        synchronized (lock) {
            onGone = null;
        }
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
        if (reader != null) {
            // What comes now is the next request.
            return end(false, null);
        }
        try {
            ByteBuffer buffer = BufferUtil.allocate(AHEAD_BYTES);
            int filled = super.fill(buffer);
            if (filled == 0) {
                return this::look;
            }
            ahead = buffer;
            return end(filled < 0, null);
        } catch (IOException e) {
            return end(true, e);
        }
    }

    private Runnable end(boolean isGone, @Nullable Throwable failure) {
        Runnable told = isGone ? onGone : null;
        Callback waiting = reader;
        isWatched = false;
        onGone = null;
        reader = null;
        return () -> {
            if (told != null) {
                told.run();
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
        if (!keep(callback)) {
            super.fillInterested(callback);
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        return keep(callback) || super.tryFillInterested(callback);
    }

    /** Whether the server does: what the watch does it must not see. */
    @Override
    public boolean isFillInterested() {
        synchronized (lock) {
            return isWatched ? reader != null : super.isFillInterested();
        }
    }

    /** The server wants to read on. While the connection is watched it stands behind the watch. */
    private boolean keep(Callback callback) {
        synchronized (lock) {
            if (isWatched) {
                reader = callback;
                return true;
            }
            if (!ahead.hasRemaining()) {
                return false;
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
