package io.limitledger.gateway.http.v1;

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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's server-sent events. It has a position in the tail and no buffer: it reads on when the client takes more,
 * never blocks a thread, and ends when the client is so slow that its position is no longer kept.
 */
final class EventStream implements StreamedBody, WriteListener {
    /** Enough to fill a packet, and little enough to be no burden on memory. */
    private static final int EVENTS_PER_WRITE = 50;

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TOO_SLOW =
            ": Expected a faster reader, but what comes next is no longer kept\n\n".getBytes(StandardCharsets.UTF_8);

    private final EventTail tail;
    private final long[] positions;
    private final Set<String> limits;
    private final Executor executor;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicBoolean heartbeatDue = new AtomicBoolean(true);
    private @Nullable ServletOutputStream out;
    private boolean flushDue;
    private boolean overtaken;

    /** @param positions where it begins; they are its own from now on */
    EventStream(EventTail tail, long[] positions, Set<String> limits, Executor executor) {
        this.tail = tail;
        this.positions = positions;
        this.limits = limits;
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
            } else if (overtaken) {
                close();
            } else {
                return;
            }
        }
    }

    private byte @Nullable [] next() {
        if (overtaken) {
            return null;
        }
        if (heartbeatDue.getAndSet(false)) {
            return HEARTBEAT;
        }
        try {
            return frames();
        } catch (OvertakenException e) {
            overtaken = true;
            return TOO_SLOW;
        }
    }

    /** Each frame's id is the position behind it. Positions that are only passed over come with the next event. */
    private byte @Nullable [] frames() {
        long[] before = positions.clone();
        List<KeptEvent> events = tail.read(positions, limits, EVENTS_PER_WRITE);
        if (events.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (KeptEvent event : events) {
            before[event.partition()] = event.offset() + 1;
            frames.writeBytes(("id: " + EventPositions.write(before) + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(event.json());
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
