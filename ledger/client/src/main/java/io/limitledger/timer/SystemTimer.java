package io.limitledger.timer;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. One thread for all, since what it calls does not block. */
public final class SystemTimer implements Timer, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    public SystemTimer(String threadName) {
        this.executor = new ScheduledThreadPoolExecutor(1, work -> daemon(work, threadName));
        // Most calls are cancelled; they must not pile up until they would have been due.
        executor.setRemoveOnCancelPolicy(true);
        // Once it is closed, no task is left to run.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public Runnable in(long millis, Runnable work) {
        Future<?> call = executor.schedule(work, millis, TimeUnit.MILLISECONDS);
        return () -> call.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
