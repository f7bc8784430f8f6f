package io.limitledger.lease;

import io.limitledger.timer.Timer;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that stands still until a test moves it. What falls due at the same time is called in the order of its asking. */
public final class VirtualTimer implements Timer {
    private final PriorityQueue<Call> calls =
            new PriorityQueue<>(Comparator.comparingLong(Call::at).thenComparingLong(Call::number));
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

    /** Goes on to this time, or to the next call before it, which is made. */
    public void goOn(long untilMillis) {
        Call next = nextBy(untilMillis);
        if (next != null) {
            // Not within the lock, since it takes others.
            next.work().run();
        }
    }

    private synchronized @Nullable Call nextBy(long untilMillis) {
        boolean isDue = !calls.isEmpty() && calls.peek().at() <= untilMillis;
        now = Math.max(now, isDue ? calls.peek().at() : untilMillis);
        return isDue ? calls.remove() : null;
    }

    /** When the next call is due; never before now. */
    public synchronized long nextAt() {
        return calls.isEmpty() ? Long.MAX_VALUE : Math.max(now, calls.peek().at());
    }
}
