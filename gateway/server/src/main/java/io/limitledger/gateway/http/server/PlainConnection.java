package io.limitledger.gateway.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection over TCP: that of a client without TLS, or what a TLS connection is made over, which is not watched itself. */
final class PlainConnection extends SocketChannelEndPoint implements WatchedConnection {
    private final ConnectionUse use = new ConnectionUse();
    private final ClientWatch watch;

    PlainConnection(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.watch = new ClientWatch(executor, use, new ClientWatch.Unwatched() {
            @Override
            public int fill(ByteBuffer buffer) throws IOException {
                return PlainConnection.super.fill(buffer);
            }

            @Override
            public void fillInterested(Callback callback) {
                PlainConnection.super.fillInterested(callback);
            }

            @Override
            public boolean tryFillInterested(Callback callback) {
                return PlainConnection.super.tryFillInterested(callback);
            }

            @Override
            public boolean isFillInterested() {
                return PlainConnection.super.isFillInterested();
            }
        });
    }

    @Override
    public ConnectionUse use() {
        return use;
    }

    @Override
    public Scheduler scheduler() {
        return getScheduler();
    }

    @Override
    public void watch(Runnable onGone) {
        watch.watch(onGone);
    }

    @Override
    public boolean unwatch() {
        return watch.unwatch();
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        return watch.fill(buffer);
    }

    @Override
    public void fillInterested(Callback callback) {
        watch.fillInterested(callback);
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        return watch.tryFillInterested(callback);
    }

    @Override
    public boolean isFillInterested() {
        return watch.isFillInterested();
    }
}
