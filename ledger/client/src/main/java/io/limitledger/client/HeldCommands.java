package io.limitledger.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Commands that Kafka could not be given, since it is away. They are sent when it is back, if that is in time for those who
 * wait. The producer forgets where a topic's partitions are when no broker is left, and then takes no record; so a planned
 * restart of the broker would fail every request at once. Safe for use by many threads.
 */
final class HeldCommands implements AutoCloseable {
    private final BooleanSupplier reaches;
    private final List<Held> held = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "held-commands");
    private boolean isClosed;

    /**
     * A command.
     *
     * @param isOver whether its sender has stopped waiting
     */
    record Held(Runnable send, Runnable giveUp, BooleanSupplier isOver) {}

    /** @param reaches asks for Kafka, waits a moment for it, and says whether it answered */
    HeldCommands(BooleanSupplier reaches) {
        this.reaches = reaches;
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

    /** Tries once, and sends those that are still waited for if Kafka answers. */
    void look() {
        boolean isBack = reaches.getAsBoolean();
        forgetOver();
        if (isBack) {
            takeAll().forEach(command -> command.send().run());
        }
    }

    private synchronized void forgetOver() {
        held.removeIf(command -> command.isOver().getAsBoolean());
    }

    private synchronized List<Held> takeAll() {
        List<Held> taken = List.copyOf(held);
        held.clear();
        return taken;
    }

    @Override
    public void close() {
        shut();
        thread.interrupt();
        takeAll().forEach(command -> command.giveUp().run());
    }

    private synchronized void shut() {
        isClosed = true;
    }
}
