package io.limitledger.gateway.faults;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A load that keeps every core of the machine busy, so that other processes get only a share. */
final class BusyCores implements AutoCloseable {
    private final AtomicBoolean isStopped = new AtomicBoolean();

    private BusyCores() {}

    static BusyCores start() {
        BusyCores busy = new BusyCores();
        List<Thread> threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(core -> new Thread(busy::spin, "busy-" + core))
                .toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        return busy;
    }

    private void spin() {
        while (!isStopped.get()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        isStopped.set(true);
    }
}
