package io.limitledger.gateway.process;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.gateway.memory.HeapSize;
import io.limitledger.gateway.memory.OutOfMemory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs until it is stopped. A signal stops what has been started, in reverse order, also while it is
 * still starting.
 */
public final class ServerProcess {
    /** Exit code of a process that ends itself because it is stuck: try again (EX_TEMPFAIL). */
    private static final int STUCK = 75;

    /** What is stuck may not stop. */
    private static final Duration STOP_STUCK = Duration.ofSeconds(10);

    /** Longer than a start takes after the hardest crash; after it something is wrong that waiting does not fix. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(5);

    private final ProgressPrinter progress = new ProgressPrinter(System.out);
    private final Shutdown started = new Shutdown();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ServerProcess() {}

    /** What a process starts. */
    @FunctionalInterface
    public interface Start {
        void start(ServerProcess running) throws Exception;
    }

    /** Starts, runs until a signal comes, and returns the exit code. A start that fails is undone and thrown. */
    public static int run(Start start) throws Exception {
        OutOfMemory.endProcess();
        HeapSize.followUse();
        ServerProcess process = new ServerProcess();
        Thread hook = new Thread(process::stopBySignal, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            start.start(process);
            process.stopped.await();
        } catch (Exception e) {
            process.stop();
            throw e;
        }
        return 0;
    }

    public ProgressPrinter progress() {
        return progress;
    }

    /** Adds something to be stopped with the process. */
    public <T extends AutoCloseable> T add(T part) {
        return started.add(part);
    }

    /** Waits for a condition, and reports now and then what it waits for. */
    public void await(BooleanSupplier isSo, Supplier<String> meanwhile) throws InterruptedException {
        long startedNanos = System.nanoTime();
        long toldNanos = startedNanos;
        while (!isSo.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - startedNanos > START_TIMEOUT.toNanos()) {
                throw new StartException(
                        "Expected to be ready within " + START_TIMEOUT.toSeconds() + " s, but " + meanwhile.get());
            }
            if (now - toldNanos > TELL_AGAIN.toNanos()) {
                progress.step("waiting: " + meanwhile.get());
                toldNanos = now;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    /** Ends the process in spite of what is stuck in it, after saying why. Returns before it has ended. */
    public void fail(String sentence) {
        System.err.println(sentence);
        System.err.flush();
        var unused = CompletableFuture.runAsync(started::close)
                .orTimeout(STOP_STUCK.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((done, failure) -> Runtime.getRuntime().halt(STUCK));
    }

    /** What can be done here about a ledger that is stuck. */
    public Rescue rescue(@Nullable Callable<Boolean> restartBroker) {
        return new Rescue() {
            @Override
            public @Nullable Callable<Boolean> restartBroker() {
                return restartBroker;
            }

            @Override
            public void end(String sentence) {
                fail(sentence);
            }
        };
    }

    /** What is under way is finished, and the position is committed: that takes some seconds. */
    private void stopBySignal() {
        progress.step("stopping");
        stop();
        progress.step("stopped");
    }

    private void stop() {
        started.close();
        stopped.countDown();
    }
}
