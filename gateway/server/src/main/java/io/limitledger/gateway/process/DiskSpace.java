package io.limitledger.gateway.process;

import io.limitledger.gateway.http.service.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much space is left where the embedded broker keeps its data. When its disk is full Kafka ends the process; so the
 * operator is warned before, and then nothing new is taken on, so that what is held can be renewed and given back.
 */
public final class DiskSpace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    /** At 5 MB a second, which a busy server writes, three minutes. */
    private static final long LOW_BYTES = 1L << 30;

    /** Room for the renewals and releases of hours, and for the segments and indexes that Kafka allocates ahead. */
    private static final long SCARCE_BYTES = 256L << 20;

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** The space left is reported again when it has shrunk by this much. */
    private static final long REPORTED_AGAIN_BYTES = 128L << 20;

    private final Path directory;
    private final LongSupplier freeBytes;
    private final ScheduledExecutorService timer;
    private volatile long free = Long.MAX_VALUE;
    private long reportedBytes = Long.MAX_VALUE;

    private DiskSpace(Path directory, LongSupplier freeBytes) {
        this.directory = directory;
        this.freeBytes = freeBytes;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "disk-space");
            thread.setDaemon(true);
            return thread;
        });
    }

    public static DiskSpace watch(Path directory) {
        DiskSpace space = new DiskSpace(directory, () -> usable(directory));
        space.look();
        var unused = space.timer.scheduleWithFixedDelay(
                space::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return space;
    }

    /** For tests: looks when it is asked to. */
    static DiskSpace of(LongSupplier freeBytes) {
        return new DiskSpace(Path.of("data"), freeBytes);
    }

    private static long usable(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void look() {
        try {
            free = freeBytes.getAsLong();
        } catch (UncheckedIOException e) {
            LOG.debug("Could not see how much space is left", e);
            return;
        }
        if (free >= LOW_BYTES) {
            reportedBytes = Long.MAX_VALUE;
        } else if (free <= reportedBytes - REPORTED_AGAIN_BYTES) {
            reportedBytes = free;
            LOG.warn(
                    "{} MB are left on the disk of {}. Below {} MB no new limits and leases are taken; when it is full the"
                            + " process ends. Make room",
                    free >> 20,
                    directory,
                    SCARCE_BYTES >> 20);
        }
    }

    /** Whether nothing new may be taken on. */
    public boolean isScarce() {
        return free < SCARCE_BYTES;
    }

    /** For those who ask over HTTP; renewals and releases are answered all the same. */
    public Readiness.Part readiness() {
        String detail = free < LOW_BYTES
                ? (free >> 20) + " MB are left on the disk"
                        + (isScarce() ? ": no new limits and leases are taken" : ", make room")
                : "enough";
        return new Readiness.Part("disk", true, detail);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
