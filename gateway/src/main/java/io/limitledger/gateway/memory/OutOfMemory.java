package io.limitledger.gateway.memory;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of the process at the first {@link OutOfMemoryError}. A process that goes on has lost some thread or other, and
 * answers nothing; one that ends is started again, and what it acknowledged is in the log.
 *
 * <p>The JVM does this by itself with {@code -XX:+ExitOnOutOfMemoryError}, which cannot be set from inside. So the error is
 * looked for wherever it may turn up: in threads that end by it, in what is logged, and by a thread that allocates a little
 * whenever the heap looks full, for it is often caught by those who do not know what to do with it.
 */
public final class OutOfMemory {
    /** As the JVM's own option has it. */
    private static final int EXIT_CODE = 3;

    /** From here on the heap is tried. Between collections any heap gets there, and trying costs next to nothing. */
    private static final double LOOKS_FULL = 0.85;

    /** Of a size that others ask for as well: buffers of Kafka, pages of answers. */
    private static final int TRIED_BYTES = 64 * 1_024;

    private static final long TRY_EVERY_MILLIS = 100;

    /** Made ahead, since nothing can be made then. */
    private static final byte[] LAST_WORDS = ("The heap of "
                    + Runtime.getRuntime().maxMemory() / (1_024 * 1_024)
                    + " MB is full (OutOfMemoryError). This process ends now with status " + EXIT_CODE
                    + "; what it has acknowledged is kept. Start it again with a larger heap: java -Xmx...\n")
            .getBytes(StandardCharsets.UTF_8);

    /** Kept, since the compiler may leave out an allocation that is never used. */
    private static volatile byte[] tried = new byte[0];

    private OutOfMemory() {}

    /** From now on the process ends at the first such error. */
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
        Thread thread = new Thread(OutOfMemory::tryForEver, "heap-check");
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

    private static void end() {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(LAST_WORDS);
        } catch (IOException | OutOfMemoryError e) {
            // The status has to do.
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
