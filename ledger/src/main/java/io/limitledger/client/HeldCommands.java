package io.limitledger.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Commands that Kafka could not be given, since it is away. They are sent when it is back, if that is in time for those who
 * wait. The producer forgets where a topic's partitions are when no broker is left, and then takes no record; so a planned
 * restart of the broker would fail every request at once. Safe for use by many threads.
 */
final class HeldCommands implements AutoCloseable {
    private final BooleanSupplier reaches;
    private final LongSupplier nanoTime;
    private final List<Held> held = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "held-commands");
    private boolean isClosed;

    /**
     * A command.
     *
     * @param untilNanos when to give up
     */
    record Held(Runnable send, Runnable giveUp, long untilNanos) {}

    /** @param reaches asks for Kafka, waits a moment for it, and says whether it answered */
    HeldCommands(BooleanSupplier reaches, LongSupplier nanoTime) {
        this.reaches = reaches;
        this.nanoTime = nanoTime;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether some are held: what comes now has to join them, since to try it would block its sender. */
    synchronized boolean isAway() {
        return !held.isEmpty();
    }

    /** Not after it was closed: then it is given up at once. */
    void hold(Held command) {
        if (!added(command)) {
            command.giveUp().run();
        }
    }

    private synchronized boolean added(Held command) {
        if (isClosed) {
            return false;
        }
        held.add(command);
        notifyAll();
        return true;
    }

    private void run() {
        try {
            while (awaitSome()) {
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private synchronized boolean awaitSome() throws InterruptedException {
        while (held.isEmpty() && !isClosed) {
            wait();
        }
        return !isClosed;
    }

    /** Tries once, and sends them or gives up those whose time is over. */
    void look() {
        if (reaches.getAsBoolean()) {
            take(Long.MAX_VALUE).forEach(command -> command.send().run());
        } else {
            take(nanoTime.getAsLong()).forEach(command -> command.giveUp().run());
        }
    }

    private synchronized List<Held> take(long untilNanos) {
        List<Held> taken = held.stream()
                .filter(command -> untilNanos == Long.MAX_VALUE || command.untilNanos() - untilNanos <= 0)
                .toList();
        held.removeAll(taken);
        return taken;
    }

    @Override
    public void close() {
        List<Held> left;
        synchronized (this) {
            isClosed = true;
            left = List.copyOf(held);
            held.clear();
        }
        thread.interrupt();
        left.forEach(command -> command.giveUp().run());
    }
}
