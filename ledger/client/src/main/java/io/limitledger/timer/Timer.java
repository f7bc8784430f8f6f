package io.limitledger.timer;

/** Time, and being called later. Passed in, so that tests need not wait. Only differences of its times mean anything. */
public interface Timer {
    long nowMillis();

    /** Calls once after so many milliseconds, unless what it returns was called before. */
    Runnable in(long millis, Runnable work);
}
