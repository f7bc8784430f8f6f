package io.limitledger.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A value read from files, and read again when one of them is replaced or written. A new version that cannot be used is reported
 * once, and the last good value stays in use, so that a replacement in several steps disturbs nothing. Safe for use by many
 * threads.
 */
public final class FileBacked<T> {
    /** How often the files are looked at: at most that late a replacement is noticed. */
    static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Path> files;
    private final Supplier<T> read;
    private final Consumer<RuntimeException> whenBroken;
    private final LongSupplier nanoTime;
    private List<String> seen;
    private volatile T value;
    private volatile long lookedNanos;

    /**
     * Reads it.
     *
     * @param read the value as the files have it now; throws what the message of says what is wrong with which file
     * @param whenBroken is called for a later version that cannot be used, with what {@code read} has thrown
     * @throws RuntimeException what {@code read} throws
     */
    public FileBacked(List<Path> files, Supplier<T> read, Consumer<RuntimeException> whenBroken) {
        this(files, read, whenBroken, System::nanoTime);
    }

    FileBacked(List<Path> files, Supplier<T> read, Consumer<RuntimeException> whenBroken, LongSupplier nanoTime) {
        this.files = List.copyOf(files);
        this.read = read;
        this.whenBroken = whenBroken;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        // Before the files are read: what is written meanwhile is found at the next look.
        this.seen = seenNow();
        this.value = read.get();
    }

    /** The newest that can be used; looks at the files at most twice a second. */
    public T get() {
        if (nanoTime.getAsLong() - lookedNanos >= LOOK_NANOS) {
            look();
        }
        return value;
    }

    /** The newest that can be used, whenever the files were looked at last. */
    public T getNow() {
        look();
        return value;
    }

    private synchronized void look() {
        lookedNanos = nanoTime.getAsLong();
        List<String> now = seenNow();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            value = read.get();
        } catch (RuntimeException e) {
            whenBroken.accept(e);
        }
    }

    private List<String> seenNow() {
        return files.stream().map(FileBacked::seen).toList();
    }

    /** What differs between two versions of a file, also where a link leads to another one. */
    private static String seen(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return e.getClass().getName();
        }
    }
}
