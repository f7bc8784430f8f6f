package io.limitledger.truth;

import io.limitledger.core.state.LedgerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The marks of the partitions that this instance decides: what was decided since the last commit, and what the last commit
 * says. A partition belongs to the thread that began with it last; another that has not heard yet that it lost the
 * partition changes nothing here. Offsets of events come from the thread that sends them, which is waited for before
 * each commit.
 */
final class Marks {
    private final Map<Integer, Line> lines = new ConcurrentHashMap<>();
    private final String ledger;

    /** @param ledger id of the public key of this ledger */
    Marks(String ledger) {
        this.ledger = ledger;
    }

    /** One partition. */
    private static final class Line {
        private final Thread owner = Thread.currentThread();
        private final PartitionState state;
        private boolean isNew;
        private boolean isOver;
        private boolean isTimerSet;
        private long timerNanos;
        private volatile Mark committed;
        private @Nullable Mark written;
        private @Nullable LastEvent last;
        private volatile long lastOffset;

        Line(Mark mark, boolean isNew, PartitionState state) {
            this.state = state;
            this.isNew = isNew;
            this.committed = mark;
            this.last = mark.last();
            this.lastOffset = mark.last() == null ? -1 : mark.last().offset();
        }
    }

    /**
     * Begins with the state as it was restored.
     *
     * @param isNew whether the state does not hold this mark yet
     * @param state is flushed before each commit, and its records are counted
     */
    void begin(int partition, Mark mark, boolean isNew, PartitionState state) {
        lines.put(partition, new Line(mark, isNew, state));
    }

    /** This thread decides the partition no more; its store may be closed. */
    void end(int partition) {
        Line line = own(partition);
        if (line != null) {
            line.isOver = true;
        }
    }

    /** Notes when the timer of a partition runs; {@link LedgerState#NEVER} if it is not set. */
    void timerRunsIn(int partition, long millis) {
        Line line = own(partition);
        if (line != null) {
            line.isTimerSet = millis != LedgerState.NEVER;
            line.timerNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    /** How long this thread may wait for commands before a timer runs, in milliseconds, at least 1: it never spins. */
    long restMillis(long longestMillis) {
        long now = System.nanoTime();
        long restMillis = longestMillis;
        for (Line line : lines.values()) {
            if (line.owner == Thread.currentThread() && !line.isOver && line.isTimerSet) {
                // The timer goes by whole milliseconds: one that is about to be due is not due yet.
                restMillis = Math.min(restMillis, TimeUnit.NANOSECONDS.toMillis(line.timerNanos - now) + 1);
            }
        }
        return Math.max(1, restMillis);
    }

    /** Flushes the states of the partitions of this thread. */
    void flush() {
        lines.values().forEach(line -> {
            if (line.owner == Thread.currentThread() && !line.isOver) {
                line.state.flush();
            }
        });
    }

    /** What the last commit of this instance says; null if it has committed nothing of the partition. */
    @Nullable
    Mark committed(int partition) {
        Line line = lines.get(partition);
        return line == null ? null : line.committed;
    }

    /** Notes an event that is about to be sent. */
    void wrote(int partition, String limit, long number, String hash) {
        Line line = own(partition);
        if (line != null) {
            line.last = new LastEvent(limit, number, hash, -1);
        }
    }

    /** Called with the offset of each event that this thread is about to send, in order, when it has arrived. */
    LongConsumer arrivals(int partition) {
        Line line = own(partition);
        return line == null ? offset -> {} : offset -> line.lastOffset = offset;
    }

    /** Partitions of this thread whose state does not hold their mark yet. */
    List<Integer> unsaid() {
        List<Integer> unsaid = new ArrayList<>();
        lines.forEach((partition, line) -> {
            if (line.owner == Thread.currentThread() && line.isNew) {
                unsaid.add(partition);
            }
        });
        return unsaid;
    }

    /** The same as of the last commit, for one whose position does not move. */
    @Nullable
    Mark forCommit(int partition) {
        Line line = own(partition);
        return line == null ? null : forCommit(partition, line.committed.next());
    }

    /**
     * The mark for a commit.
     *
     * @param next offset that is about to be committed
     * @return null if there is nothing new to say
     */
    @Nullable
    Mark forCommit(int partition, long next) {
        Line line = own(partition);
        if (line == null) {
            return null;
        }
        LastEvent last = line.last;
        LastEvent at = last == null ? null : new LastEvent(last.limit(), last.number(), last.hash(), line.lastOffset);
        Mark before = line.committed;
        Mark mark = new Mark(before.commandsId(), next, at, before.eventsStart(), line.state.count(), ledger);
        if (mark.equals(before) && !line.isNew) {
            return null;
        }
        line.written = mark;
        return mark;
    }

    /** The commit of a mark has succeeded. */
    void commit(int partition) {
        Line line = own(partition);
        Mark written = line == null ? null : line.written;
        if (line != null && written != null) {
            line.committed = written;
            line.isNew = false;
        }
    }

    private @Nullable Line own(int partition) {
        Line line = lines.get(partition);
        return line == null || line.owner != Thread.currentThread() ? null : line;
    }
}
