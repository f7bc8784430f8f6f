package io.limitledger.gateway.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;

/** TLS over a connection. Watched is its inside: to read outside would not tell the end of the client from its next request. */
final class TlsConnection extends SslConnection {
    TlsConnection(
            ByteBufferPool buffers,
            Executor executor,
            SslContextFactory contexts,
            PlainConnection outside,
            SSLEngine engine) {
        super(buffers, executor, contexts, outside, engine, false, false);
    }

    @Override
    protected SslEndPoint newSslEndPoint() {
        return new Inside();
    }

    /** What is sent and received, in clear. */
    private final class Inside extends SslEndPoint implements WatchedConnection {
        private final PlainConnection outside;
        private final ClientWatch watch;

        /** It is made while the connection around it is, which has its own fields from then only. */
        Inside() {
            super();
            this.outside = (PlainConnection) TlsConnection.this.getEndPoint();
            this.watch = new ClientWatch(TlsConnection.this.getExecutor(), outside.use(), new ClientWatch.Unwatched() {
                @Override
                public int fill(ByteBuffer buffer) throws IOException {
                    return Inside.super.fill(buffer);
                }

                @Override
                public void fillInterested(Callback callback) {
                    Inside.super.fillInterested(callback);
                }

                @Override
                public boolean tryFillInterested(Callback callback) {
                    return Inside.super.tryFillInterested(callback);
                }

                @Override
                public boolean isFillInterested() {
                    return Inside.super.isFillInterested();
                }
            });
        }

        @Override
        public ConnectionUse use() {
            return outside.use();
        }

        /** It has none of its own, since the connection outside has the idle timeout. */
        @Override
        public Scheduler scheduler() {
            return outside.scheduler();
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
}
