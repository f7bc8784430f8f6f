package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.events.EventPositions;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.events.OvertakenException;
import io.limitledger.gateway.http.StreamedBody;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client's server-sent events. It has a position in the tail and no buffer: it reads on when the client takes more,
 * never blocks a thread, and ends when the client is so slow that its position is no longer kept.
 */
final class EventStream implements StreamedBody, WriteListener {
    /** Enough to fill a packet, and little enough to be no burden on memory. */
    private static final int EVENTS_PER_WRITE = 50;

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final String TOO_SLOW = "Expected a faster reader, but what comes next is no longer kept";

    private final EventTail tail;
    private final long[] positions;
    private final Predicate<KeptEvent> wanted;
    private final Supplier<Caller> caller;
    private final Executor executor;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean heartbeatDue = new AtomicBoolean(true);
    private @Nullable ServletOutputStream out;
    private boolean flushDue;
    private volatile @Nullable String lastWord;
    private boolean isOver;

    /**
     * A stream that has not begun.
     *
     * @param positions where it begins; they are its own from now on
     * @param wanted which events it sends, of those that the caller may read
     * @param caller as it is when an event is sent
     */
    EventStream(
            EventTail tail, long[] positions, Predicate<KeptEvent> wanted, Supplier<Caller> caller, Executor executor) {
        this.tail = tail;
        this.positions = positions;
        this.wanted = event -> wanted.test(event) && caller.get().may(Right.READ, event.limit());
        this.caller = caller;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Void> writeTo(ServletOutputStream out) {
        synchronized (this) {
            this.out = out;
        }
        out.setWriteListener(this);
        return ended;
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    /** There may be more events to send. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                executor.execute(this::onWritePossible);
            } catch (RejectedExecutionException e) {
                close();
            }
        }
    }

    /** Shows the client, and every proxy between, that the stream is alive; and finds out whether the client is. */
    void beat() {
        heartbeatDue.set(true);
        wake();
    }

    /**
     * Waits for the thread that is writing, which never blocks: once this has ended the server gives the buffers to others,
     * and what is written then would turn up in their answers.
     */
    void close() {
        synchronized (this) {
            out = null;
        }
        ended.complete(null);
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void end(String reason) {
        lastWord = reason;
        wake();
    }

    @Override
    public void onWritePossible() {
        woken.set(false);
        try {
            write();
        } catch (IOException | RuntimeException e) {
            onError(e);
        }
    }

    private synchronized void write() throws IOException {
        while (out != null && out.isReady()) {
            byte[] next = next();
            if (next != null) {
                out.write(next);
                flushDue = true;
            } else if (flushDue) {
                flushDue = false;
                out.flush();
            } else if (isOver) {
                close();
            } else {
                return;
            }
        }
    }

    private byte @Nullable [] next() {
        if (isOver) {
            return null;
        }
        String reason = lastWord;
        if (reason != null) {
            return lastFrame(reason);
        }
        if (heartbeatDue.getAndSet(false)) {
            return HEARTBEAT;
        }
        try {
            return frames();
        } catch (OvertakenException e) {
            return lastFrame(TOO_SLOW);
        }
    }

    /** A comment, which readers of events pass over and people see. */
    private byte[] lastFrame(String reason) {
        isOver = true;
        return (": " + reason.replaceAll("\\R", " ") + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Each frame's id is the position behind it. Positions that are only passed over come with the next event. */
    private byte @Nullable [] frames() {
        long[] before = positions.clone();
        List<KeptEvent> events = tail.read(positions, wanted, EVENTS_PER_WRITE);
        if (events.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (KeptEvent event : events) {
            before[event.partition()] = event.offset() + 1;
            frames.writeBytes(("id: " + EventPositions.write(before) + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(VisibleEvent.json(event, caller.get()));
            frames.writeBytes(new byte[] {'\n', '\n'});
        }
        return frames.toByteArray();
    }

    @Override
    public void onError(Throwable failure) {
        // The client is gone.
        close();
    }
}
