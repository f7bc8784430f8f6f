package io.limitledger.gateway.memory;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process at the first {@link OutOfMemoryError}. A process that goes on has lost some thread or other, and
 * answers nothing; one that ends is started again, and what it acknowledged is in the log.
 *
 * <p>The JVM does this by itself with {@code -XX:+ExitOnOutOfMemoryError}, which cannot be set from inside. So the error is
 * looked for wherever it may turn up: in threads that end by it, in what is logged, and by a thread that allocates a little
 * whenever the heap looks full, for it is often caught by those who do not know what to do with it. A second thread, which
 * allocates nothing, notices where no error is thrown though the heap stays full ({@link StuckHeap}), and kills the process if
 * it does not end by itself ({@link KillSignal}).
 */
public final class OutOfMemory {
    /** As the JVM's own option has it. */
    private static final int EXIT_CODE = 3;

    /** From here on the heap is tried. Between collections any heap gets there, and trying costs next to nothing. */
    private static final double LOOKS_FULL = 0.85;

    /** Of a size that others ask for as well: buffers of Kafka, pages of answers. */
    private static final int TRIED_BYTES = 64 * 1_024;

    private static final long TRY_EVERY_MILLIS = 100;

    /** How long the JVM may take to end; then it is killed. */
    private static final long HALT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Made ahead, since nothing can be made then. */
    private static final byte[] LAST_WORDS = ("The heap of "
                    + Runtime.getRuntime().maxMemory() / (1_024 * 1_024)
                    + " MB is full (OutOfMemoryError). This process ends now with status " + EXIT_CODE
                    + ", or by SIGKILL; what it has acknowledged is kept. Start it again with a larger heap: java -Xmx...\n")
            .getBytes(StandardCharsets.UTF_8);

    /** Open from the start, for the same reason. */
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    /** Those whose time is the time for which the process stands still; others collect beside it. */
    private static final GarbageCollectorMXBean[] COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> !collector.getName().endsWith("Cycles"))
            .toArray(GarbageCollectorMXBean[]::new);

    /** Kept, since the compiler may leave out an allocation that is never used. */
    private static volatile byte[] tried = new byte[0];

    private static final @Nullable KillSignal KILL = KillSignal.prepare();

    /** Loaded, since catching does that too. */
    static final List<Class<? extends Throwable>> CAUGHT =
            List.of(OutOfMemoryError.class, IOException.class, InterruptedException.class);

    private static final StuckHeap HEAP = new StuckHeap(Runtime.getRuntime().maxMemory());

    private static final AtomicBoolean IS_ENDING = new AtomicBoolean();

    private OutOfMemory() {}

    /** From now on the process ends at the first such error, and when its heap stays full. */
    public static void endProcess() {
        Thread.UncaughtExceptionHandler others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIf(failure);
            if (others == null) {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace(System.err);
            } else {
                others.uncaughtException(thread, failure);
            }
        });
        rehearse();
        start("heap-check", OutOfMemory::tryForEver);
        start("heap-watch", OutOfMemory::watchForEver);
    }

    /**
     * Does all of it once, but for the end: what is used for the first time is looked up by the class loader, which allocates.
     * A shutdown hook loads what {@code halt} uses.
     */
    private static void rehearse() {
        Thread none = new Thread(() -> {});
        Runtime.getRuntime().addShutdownHook(none);
        Runtime.getRuntime().removeShutdownHook(none);
        endIf(new IllegalStateException());
        hasToEnd(1);
        say(new byte[0]);
        IS_ENDING.set(false);
        if (KILL != null) {
            KILL.rehearse();
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process if this failure, or what caused it, is such an error. */
    public static void endIf(@Nullable Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                end();
            }
            depth++;
        }
    }

    private static void tryForEver() {
        Runtime runtime = Runtime.getRuntime();
        try {
            boolean isTried = true;
            while (isTried) {
                long used = runtime.totalMemory() - runtime.freeMemory();
                if (used > LOOKS_FULL * runtime.maxMemory()) {
                    tried = new byte[TRIED_BYTES];
                    isTried = tried.length == TRIED_BYTES;
                }
                TimeUnit.MILLISECONDS.sleep(TRY_EVERY_MILLIS);
            }
        } catch (OutOfMemoryError e) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Allocates nothing, since a thread that does may wait for ever. */
    private static void watchForEver() {
        boolean hasToEnd = false;
        while (!hasToEnd) {
            hasToEnd = hasToEnd(TRY_EVERY_MILLIS);
        }
        say(LAST_WORDS);
        long endNanos = System.nanoTime();
        while (System.nanoTime() - endNanos < HALT_NANOS) {
            hasToEnd = hasToEnd(TRY_EVERY_MILLIS);
        }
        if (KILL != null) {
            KILL.send();
        }
        halt();
    }

    /** Waits, and looks. */
    private static boolean hasToEnd(long waitMillis) {
        try {
            TimeUnit.MILLISECONDS.sleep(waitMillis);
            Runtime runtime = Runtime.getRuntime();
            long used = runtime.totalMemory() - runtime.freeMemory();
            return HEAP.isStuck(System.nanoTime(), used, collectedMillis()) || IS_ENDING.get();
        } catch (OutOfMemoryError e) {
            return true;
        } catch (InterruptedException e) {
            // Only the end of the process ends this.
            return false;
        }
    }

    private static long collectedMillis() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            millis += collector.getCollectionTime();
        }
        return millis;
    }

    private static void end() {
        say(LAST_WORDS);
        halt();
    }

    /** Unless something was said already. */
    private static void say(byte[] words) {
        if (!IS_ENDING.getAndSet(true)) {
            try {
                STANDARD_ERROR.write(words);
            } catch (IOException | OutOfMemoryError e) {
                // The status has to do.
            }
        }
    }

    /** Even this may fail for want of memory. */
    private static void halt() {
        boolean isHalted = false;
        while (!isHalted) {
            try {
                Runtime.getRuntime().halt(EXIT_CODE);
                isHalted = true;
            } catch (OutOfMemoryError e) {
                isHalted = false;
            }
        }
    }
}
