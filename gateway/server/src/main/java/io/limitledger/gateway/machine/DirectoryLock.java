package io.limitledger.gateway.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right of one process to use a data directory.
 *
 * <p>Kafka has such a lock too, but takes it only after it has opened, and perhaps repaired, the metadata log: a second
 * process could do damage before it is turned away. This one is taken first. The operating system gives it back however
 * the process ends, so the file may stay.
 */
public final class DirectoryLock implements AutoCloseable {

    /**
     * The directories open in this process. Looked up before the file is touched, because on POSIX systems closing
     * any handle of a file drops the lock that the process has on it. And a channel to which nothing refers is closed by
     * the garbage collector, so the locks are kept here.
     */
    private static final Map<Path, DirectoryLock> OPEN_HERE = new ConcurrentHashMap<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Makes the directory if need be, for this user alone, and takes it.
     *
     * @throws StartException if another process has it
     */
    public static DirectoryLock take(Path wanted) {
        return Objects.requireNonNull(OPEN_HERE.compute(createDirectory(wanted), (directory, open) -> {
            if (open != null) {
                throw inUse(directory, "this process has it open already.");
            }
            return lockFile(directory);
        }));
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: the end of the process gives the lock back.
            System.err.println("Expected to unlock " + directory + ", but " + e.getMessage());
        } finally {
            OPEN_HERE.remove(directory);
        }
    }

    private static Path createDirectory(Path wanted) {
        try {
            return PrivateFiles.createDataFolder(wanted);
        } catch (IOException e) {
            throw new StartException(
                    "Cannot use the data directory " + wanted + ": " + FileFailure.inWords(e) + of(e, wanted), e);
        }
    }

    /** The failure may be about a directory above. */
    private static String of(IOException failure, Path wanted) {
        return failure instanceof FileSystemException system
                        && system.getFile() != null
                        && !system.getFile().equals(wanted.toString())
                ? " (" + system.getFile() + ")"
                : "";
    }

    private static DirectoryLock lockFile(Path directory) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(directory, "another process is using it. Stop that process, or choose another directory.");
            }
            return new DirectoryLock(directory, channel);
        } catch (IOException e) {
            throw new StartException(
                    "Cannot lock the data directory " + directory + ": " + FileFailure.inWords(e) + of(e, directory),
                    e);
        }
    }

    private static StartException inUse(Path directory, String how) {
        return new StartException("Expected to open the data directory " + directory + ", but " + how);
    }
}
