package io.limitledger.gateway.several;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it. What falls due at the same time is called in the order of its asking. */
public final class VirtualTimer implements Timer {
    private final PriorityQueue<Call> calls =
            new PriorityQueue<>(Comparator.comparingLong(Call::at).thenComparingLong(Call::number));
    private long now;
    private long asked;

    private record Call(long at, long number, Runnable work) {}

    @Override
    public long nowMillis() {
        return now;
    }

    @Override
    public Runnable in(long millis, Runnable work) {
        Call call = new Call(now + millis, asked++, work);
        calls.add(call);
        return () -> calls.remove(call);
    }

    /** Goes to the next call and makes it; false if nothing is left to be called by then. */
    public boolean callNext(long byMillis) {
        if (calls.isEmpty() || calls.peek().at() > byMillis) {
            now = Math.max(now, byMillis);
            return false;
        }
        Call next = calls.remove();
        now = Math.max(now, next.at());
        next.work().run();
        return true;
    }

    /** When the next call is due; never before now. */
    public long nextAt() {
        return calls.isEmpty() ? Long.MAX_VALUE : Math.max(now, calls.peek().at());
    }
}
