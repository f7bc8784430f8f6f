package io.limitledger.gateway.bench;

import io.limitledger.client.UnknownOutcomeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive connections of HTTP/1.1, as many as there are calls under way, on one thread for all of them. Who calls does
 * not wait, so that calls can be made at any rate.
 */
final class HttpConnections implements AutoCloseable {
    /** Further calls wait for a connection. Both ends of each may count among the open files of this process. */
    private static final int MOST = 4_000;

    private final URI server;
    private final Selector selector;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "bench http");
    private int connections;
    private volatile boolean closed;

    private record Call(HttpCall request, CompletableFuture<HttpReply> reply) {}

    private HttpConnections(URI server) throws IOException {
        this.server = server;
        this.selector = Selector.open();
        thread.setDaemon(true);
    }

    static HttpConnections to(URI server) throws IOException {
        HttpConnections connections = new HttpConnections(server);
        connections.thread.start();
        return connections;
    }

    /** Completes on the thread of the connections: what follows must not block. */
    CompletableFuture<HttpReply> send(HttpCall call) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        calls.add(new Call(call, reply));
        selector.wakeup();
        return reply;
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(key -> ((Connection) key.attachment()).ready());
                giveOut();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void giveOut() {
        while (!calls.isEmpty() && (!idle.isEmpty() || connections < MOST)) {
            Call call = calls.remove();
            Connection connection = idle.pollFirst();
            if (connection == null) {
                connections++;
                new Connection(call).open();
            } else {
                connection.begin(call);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
    }

    private final class Connection {
        private final HttpReplyBuffer buffer = new HttpReplyBuffer();
        private @Nullable SocketChannel channel;
        private Call call;

        Connection(Call first) {
            this.call = first;
        }

        void open() {
            try {
                SocketChannel opened = SocketChannel.open();
                channel = opened;
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                opened.register(selector, SelectionKey.OP_CONNECT, this);
                opened.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            } catch (IOException e) {
                fail(e);
            }
        }

        void begin(Call next) {
            call = next;
            try {
                write();
            } catch (IOException e) {
                fail(e);
            }
        }

        void ready() {
            SocketChannel open = channel();
            try {
                if (!open.isConnected()) {
                    open.finishConnect();
                    open.register(selector, SelectionKey.OP_READ, this);
                    write();
                } else {
                    read();
                }
            } catch (IOException | IllegalStateException e) {
                fail(e);
            }
        }

        /** A request is far smaller than what the system takes at once. */
        private void write() throws IOException {
            buffer.clear();
            ByteBuffer request = ByteBuffer.wrap(call.request().bytesTo(server));
            channel().write(request);
            if (request.hasRemaining()) {
                throw new IOException("Expected a request to be sent at once, but it was not");
            }
        }

        private void read() throws IOException {
            buffer.fill(channel());
            HttpReply reply = buffer.reply();
            if (reply != null) {
                idle.addFirst(this);
                call.reply().complete(reply);
            }
        }

        private void fail(Exception failure) {
            connections--;
            idle.remove(this);
            try {
                channel().close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            call.reply()
                    .completeExceptionally(
                            new UnknownOutcomeException("Expected an answer, but the connection failed", failure));
        }

        private SocketChannel channel() {
            if (channel == null) {
                throw new IllegalStateException("Expected an open connection");
            }
            return channel;
        }
    }
}
