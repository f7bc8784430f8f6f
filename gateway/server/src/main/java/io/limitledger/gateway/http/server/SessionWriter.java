package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.HttpJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one session. What is ready while a message is on its way goes in the next one, a line each. What a client
 * has not read yet is kept within the bounds of {@link SlowClients}.
 */
final class SessionWriter {
    /** Where a message ends: clients of other languages bound messages, mostly at a megabyte. */
    private static final int MESSAGE_CHARACTERS = 64 * 1_024;

    /** What a frame that is not written yet occupies, generously. */
    private static final long BYTES_OF_FRAME = 2_048;

    private final SlowClients slowClients;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Owner owner;
    private final Deque<Object> unsent = new ArrayDeque<>();

    private @Nullable Session socket;
    private SlowClients.@Nullable Entry slow;
    private boolean isSending;
    private boolean isOnItsWay;
    private boolean isEnded;
    private int bytesOnTheirWay;

    /** The connection. */
    interface Owner {
        /** A message has been sent. */
        void sent();

        /** The client reads too slowly, or the connection is broken. */
        void disconnect();
    }

    SessionWriter(SlowClients slowClients, Scheduler scheduler, Executor executor, Owner owner) {
        this.slowClients = slowClients;
        this.scheduler = scheduler;
        this.executor = executor;
        this.owner = owner;
    }

    synchronized void open(Session session) {
        socket = session;
    }

    /** Frames that are not on their way yet. */
    synchronized int unsent() {
        return unsent.size();
    }

    /** Whether nothing is on its way, nor waits for it. */
    synchronized boolean isIdle() {
        return !isSending;
    }

    void send(Object frame) {
        boolean isFirst;
        boolean isSlow;
        synchronized (this) {
            if (isEnded) {
                return;
            }
            unsent.add(frame);
            isFirst = !isSending;
            isSending = true;
            isSlow = slow != null;
        }
        if (isFirst) {
            sendLater();
        } else if (isSlow) {
            keepIfSlow();
        }
    }

    /** By another thread: more may be ready by then, and the thread that reads replies must not write. */
    private void sendLater() {
        try {
            executor.execute(this::sendNext);
        } catch (RejectedExecutionException e) {
            owner.disconnect();
        }
    }

    /** Runs once at a time: from the first unsent frame until none is left. */
    private void sendNext() {
        String message = nextMessage();
        Session to;
        synchronized (this) {
            to = Objects.requireNonNull(socket, "the connection is open");
            isOnItsWay = !isEnded;
            bytesOnTheirWay = message.length();
        }
        to.sendText(message, Callback.from(this::sent, failure -> owner.disconnect()));
        keepIfSlow();
    }

    private String nextMessage() {
        StringBuilder message = new StringBuilder();
        for (Object frame = poll(); frame != null; frame = message.length() < MESSAGE_CHARACTERS ? poll() : null) {
            message.append(message.isEmpty() ? "" : "\n").append(HttpJson.text(frame));
        }
        return message.toString();
    }

    private synchronized @Nullable Object poll() {
        return unsent.poll();
    }

    private void sent() {
        SlowClients.Entry reader;
        boolean isMore;
        synchronized (this) {
            reader = slow;
            slow = null;
            isOnItsWay = false;
            isMore = !unsent.isEmpty();
            isSending = isMore;
        }
        if (reader != null) {
            reader.end();
        }
        if (isMore) {
            sendLater();
        }
        owner.sent();
    }

    /** While the client has not read a message, all that waits behind it is kept for it. */
    private void keepIfSlow() {
        SlowClients.Entry reader;
        long bytes;
        synchronized (this) {
            if (!isOnItsWay) {
                return;
            }
            if (slow == null) {
                slow = slowClients.add(scheduler, owner::disconnect);
            }
            reader = slow;
            bytes = bytesOnTheirWay + unsent.size() * BYTES_OF_FRAME;
        }
        reader.keep(bytes);
    }

    /** The connection has gone. */
    void end() {
        SlowClients.Entry reader;
        synchronized (this) {
            isEnded = true;
            isOnItsWay = false;
            unsent.clear();
            reader = slow;
            slow = null;
        }
        if (reader != null) {
            reader.end();
        }
    }
}
