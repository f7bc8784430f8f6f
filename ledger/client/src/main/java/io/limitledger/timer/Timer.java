package io.limitledger.timer;

/** Time, and being called later. Passed in, so that tests need not wait. Only differences of its times mean anything. */
public interface Timer {
    long nowMillis();

    /** Runs the work once after the given milliseconds, unless the cancellation that it returns was run before. */
    Runnable in(long millis, Runnable work);
}
