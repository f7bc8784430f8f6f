package io.limitledger.client;

import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Completes commands that were decided in this process, on a thread of its own: what a client does with an answer must not
 * slow the ledger down. The thread ends when it has been idle for a while.
 */
final class LocalReplies implements LocalAskers.Inbox, AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final PendingCommands pending;
    private final ThreadPoolExecutor thread;

    /** @param capacity replies that may wait here; those beyond travel over Kafka */
    LocalReplies(PendingCommands pending, int capacity) {
        this.pending = pending;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(capacity), LocalReplies::daemon);
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean offer(String correlationId, ReplyRecord reply) {
        try {
            thread.execute(() -> pending.answer(correlationId, reply));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ledger-client-local-replies");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
