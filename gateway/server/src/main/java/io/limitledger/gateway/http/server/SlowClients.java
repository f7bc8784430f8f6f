package io.limitledger.gateway.http.server;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bytes kept for clients that read their answers, or send their bodies, more slowly than the network would. They are
 * bounded in number, all clients together, and each client is bounded in time; beyond it the connection is closed.
 */
final class SlowClients {
    /**
     * Part of the heap that all of them may have: enough for hundreds of clients on slow networks, and little enough that
     * the rest of the process does not miss it.
     */
    private static final int HEAP_SHARE = 16;

    /** More than that does not help: the largest answer has about 3 MB, and few clients are slow at the same time. */
    private static final long MOST_BYTES = 64L * 1_024 * 1_024;

    /** Enough for the slowest network and the largest body. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** The pace below which a client is not served: an old modem's, so that a large page gets its time. */
    private static final long BYTES_PER_SECOND = 8 * 1_024;

    private static final long CHECK_SECONDS = 1;

    private final long mostBytes;
    private final long patienceNanos;
    /** In the order in which they became slow. */
    private final Set<Entry> entries = new LinkedHashSet<>();

    private long bytes;
    private boolean isChecking;

    SlowClients() {
        this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE), PATIENCE_NANOS);
    }

    SlowClients(long mostBytes, long patienceNanos) {
        this.mostBytes = mostBytes;
        this.patienceNanos = patienceNanos;
    }

    /** What is kept for one client. */
    final class Entry {
        private final Runnable cut;
        private final long sinceNanos = System.nanoTime();
        private long kept;
        private long moved;

        private Entry(Runnable cut) {
            this.cut = cut;
        }

        /** From now on this is kept for the client. Over the bound, those go first that have been slow for longest. */
        void keep(long keptBytes) {
            cutAll(update(this, keptBytes));
        }

        /** Nothing is kept any more. */
        void end() {
            remove(this);
        }

        private boolean isOverdue(long now) {
            long paceNanos = TimeUnit.SECONDS.toNanos(moved) / BYTES_PER_SECOND;
            return now - sinceNanos > patienceNanos + paceNanos;
        }
    }

    /**
     * A client that turned out to be slow.
     *
     * @param scheduler runs the check of its time
     * @param cut closes its connection
     */
    Entry add(Scheduler scheduler, Runnable cut) {
        Entry entry = new Entry(cut);
        synchronized (this) {
            entries.add(entry);
            if (isChecking) {
                return entry;
            }
            isChecking = true;
        }
        checkLater(scheduler);
        return entry;
    }

    /** How many there are. */
    synchronized int count() {
        return entries.size();
    }

    private synchronized List<Entry> update(Entry entry, long kept) {
        if (!entries.contains(entry)) {
            return List.of();
        }
        entry.moved += Math.max(0, kept - entry.kept);
        bytes += kept - entry.kept;
        entry.kept = kept;
        List<Entry> over = new ArrayList<>();
        for (Iterator<Entry> oldest = entries.iterator(); bytes > mostBytes && oldest.hasNext(); ) {
            Entry next = oldest.next();
            oldest.remove();
            bytes -= next.kept;
            over.add(next);
        }
        return over;
    }

    private synchronized void remove(Entry entry) {
        if (entries.remove(entry)) {
            bytes -= entry.kept;
        }
    }

    private void checkLater(Scheduler scheduler) {
        scheduler.schedule(() -> check(scheduler), CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void check(Scheduler scheduler) {
        cutAll(overdue());
        synchronized (this) {
            if (entries.isEmpty()) {
                isChecking = false;
                return;
            }
        }
        checkLater(scheduler);
    }

    private synchronized List<Entry> overdue() {
        long now = System.nanoTime();
        List<Entry> overdue =
                entries.stream().filter(entry -> entry.isOverdue(now)).toList();
        overdue.forEach(this::remove);
        return overdue;
    }

    private static void cutAll(List<Entry> entries) {
        entries.forEach(entry -> entry.cut.run());
    }
}
