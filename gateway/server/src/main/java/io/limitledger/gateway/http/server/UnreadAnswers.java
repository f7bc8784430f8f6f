package io.limitledger.gateway.http.server;

import io.limitledger.gateway.admission.FairShare;
import io.limitledger.gateway.http.Client;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers from the threads that write them, so that none of these waits for a client to read. What the client has not
 * read yet is kept here and sent as the network takes it, within the bounds of {@link SlowClients}. The next request of the
 * same connection is read when the answer has been sent; so one connection has one answer here at most.
 */
final class UnreadAnswers extends Handler.Wrapper {
    static final String CROWDED =
            "Nothing was done: most connections of this server wait for slots, and the rest is for those that give"
                    + " back";

    static final String TOO_MANY_WAIT =
            "Nothing was done: as many requests of this client wait for slots as may while others have room too";

    private final SlowClients slowClients;
    private final ClientAddress clients;
    private final FairShare waiting;

    /** @param waiting for requests that wait for their answers, so that enough connections are left for others */
    UnreadAnswers(SlowClients slowClients, ClientAddress clients, FairShare waiting) {
        this.slowClients = slowClients;
        this.clients = clients;
        this.waiting = waiting;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Object client = clients.of(request);
        request.setAttribute(Client.ATTRIBUTE, client);
        switch (mayWait(request) ? waiting.look(client) : FairShare.Answer.TAKEN) {
            case ALL_FULL ->
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, CROWDED);
            case SHARE_FULL ->
                Response.writeError(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, TOO_MANY_WAIT);
            case TAKEN -> pass(client, request, response, callback);
        }
        return true;
    }

    private void pass(Object client, Request request, Response response, Callback callback) throws Exception {
        Answer answer = new Answer(slowClients, waiting, client, request, response, callback);
        if (!super.handle(request, answer, answer)) {
            Response.writeError(request, answer, answer, HttpStatus.NOT_FOUND_404);
        }
    }

    /** Lets a body without an end through as it is written: it is written without blocking, at the pace of its reader. */
    static void stream(Response response) {
        Answer answer = Response.as(response, Answer.class);
        if (answer != null) {
            answer.isStreamed = true;
        }
    }

    /** Requests for slots; all others are answered as soon as they are decided. */
    private static boolean mayWait(Request request) {
        String path = request.getHttpURI().getPath();
        return HttpMethod.POST.is(request.getMethod()) && (path.endsWith("/leases") || path.contains("/increment"));
    }

    private record Part(boolean isLast, ByteBuffer bytes) {}

    private static final class Answer extends Response.Wrapper implements Callback {
        private final SlowClients slowClients;
        private final FairShare waiting;
        private final Object client;
        private final Callback callback;
        private final WatchedConnection connection;
        private final Sending sending = new Sending();
        private final Deque<Part> unsent = new ArrayDeque<>();
        private volatile boolean isStreamed;
        private int unsentParts;
        private long unsentBytes;
        private boolean isWritten;
        private boolean isEnded;
        private @Nullable Throwable failure;
        private SlowClients.@Nullable Entry slow;

        Answer(
                SlowClients slowClients,
                FairShare waiting,
                Object client,
                Request request,
                Response response,
                Callback callback) {
            super(request, response);
            this.client = client;
            this.slowClients = slowClients;
            this.waiting = waiting;
            this.callback = callback;
            this.connection = Objects.requireNonNull(WatchedConnection.of(request), "the connection");
            connection.begin();
            waiting.takeAnyway(client);
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback written) {
            if (isStreamed) {
                super.write(last, bytes, written);
                return;
            }
            if (append(last, bytes)) {
                sending.iterate();
                keepUnsent();
            }
            Throwable failed = failure();
            if (failed == null) {
                written.succeeded();
            } else {
                written.failed(failed);
            }
        }

        private synchronized @Nullable Throwable failure() {
            return failure;
        }

        /** A copy, since the writer uses its buffer again. */
        private synchronized boolean append(boolean last, @Nullable ByteBuffer bytes) {
            if (failure != null) {
                return false;
            }
            ByteBuffer copy = ByteBuffer.allocate(bytes == null ? 0 : bytes.remaining());
            if (bytes != null) {
                copy.put(bytes).flip();
            }
            unsentParts++;
            unsentBytes += copy.remaining();
            unsent.add(new Part(last, copy));
            return true;
        }

        private void keepUnsent() {
            SlowClients.Entry entry;
            long bytes;
            synchronized (this) {
                bytes = unsentBytes;
                if (unsentParts == 0 || failure != null) {
                    return;
                }
                if (slow == null) {
                    slow = slowClients.add(getRequest().getComponents().getScheduler(), connection::close);
                }
                entry = slow;
            }
            entry.keep(bytes);
        }

        @Override
        public void succeeded() {
            synchronized (this) {
                isWritten = true;
            }
            handled();
            endIfSent();
        }

        @Override
        public void failed(Throwable x) {
            synchronized (this) {
                isWritten = true;
                failure = failure == null ? x : failure;
            }
            handled();
            endIfSent();
        }

        /** From here on the connection waits for its client only. */
        private void handled() {
            waiting.giveBack(client);
            connection.answered();
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }

        private void endIfSent() {
            Throwable failed;
            SlowClients.Entry entry;
            synchronized (this) {
                boolean isSent = failure != null || unsentParts == 0;
                if (!isWritten || !isSent || isEnded) {
                    return;
                }
                isEnded = true;
                failed = failure;
                entry = slow;
            }
            if (entry != null) {
                entry.end();
            }
            if (failed != null) {
                callback.failed(failed);
            } else if (connection.isGreedy()) {
                letOthersFirst();
            } else {
                callback.succeeded();
            }
        }

        /** Where a client sends its requests ahead, others have the thread between two of them. */
        private void letOthersFirst() {
            try {
                getRequest().getComponents().getExecutor().execute(callback::succeeded);
            } catch (RejectedExecutionException e) {
                callback.succeeded();
            }
        }

        /** Sends part by part. */
        private final class Sending extends IteratingCallback {
            private int underWay;

            @Override
            protected Action process() {
                Part part;
                synchronized (Answer.this) {
                    part = unsent.poll();
                }
                if (part == null) {
                    return Action.IDLE;
                }
                underWay = part.bytes.remaining();
                getWrapped().write(part.isLast, part.bytes, this);
                return Action.SCHEDULED;
            }

            @Override
            protected void onSuccess() {
                synchronized (Answer.this) {
                    unsentParts--;
                    unsentBytes -= underWay;
                }
                endIfSent();
            }

            @Override
            protected void onFailure(Throwable cause) {
                synchronized (Answer.this) {
                    failure = failure == null ? cause : failure;
                    unsent.clear();
                }
                endIfSent();
            }
        }
    }
}
