package io.limitledger.timer;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Time that passes only when a test says so. Calls due at the same time are made in the order in which they were asked for. */
public final class VirtualTimer implements Timer {
    private final NavigableSet<Call> calls =
            new TreeSet<>(Comparator.comparingLong(Call::at).thenComparingLong(Call::number));
    private long now;
    private long asked;

    private record Call(long at, long number, Runnable work) {}

    @Override
    public synchronized long nowMillis() {
        return now;
    }

    @Override
    public synchronized Runnable in(long millis, Runnable work) {
        Call call = new Call(now + millis, asked++, work);
        calls.add(call);
        return () -> cancel(call);
    }

    private synchronized void cancel(Call call) {
        calls.remove(call);
    }

    /** Lets time pass, and makes each call when it is due. */
    public void pass(long millis) {
        long until = nowMillis() + millis;
        while (step(until)) {}
    }

    /** Lets time pass until the next call is due, and makes it; or until the given time, if none is due by then. */
    public boolean step(long until) {
        Call next = nextBy(until);
        if (next != null) {
            // Not within the lock, since it takes others.
            next.work().run();
        }
        return next != null;
    }

    private synchronized Call nextBy(long until) {
        boolean isDue = !calls.isEmpty() && calls.first().at() <= until;
        now = Math.max(now, isDue ? calls.first().at() : until);
        return isDue ? calls.pollFirst() : null;
    }

    /** When the next call is due, and not before now; {@code Long.MAX_VALUE} if none is. */
    public synchronized long nextAt() {
        return calls.isEmpty() ? Long.MAX_VALUE : Math.max(now, calls.first().at());
    }

    public synchronized int calls() {
        return calls.size();
    }
}
