package io.limitledger.gateway.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger instance keeps its own things, and the name under which its group knows it. The name lies in the
 * directory, so that a start on the same directory is the same member and finds its partitions at once. Two processes
 * with one name would push each other out of the group for ever; so the directory is locked.
 */
final class InstanceDirectory implements AutoCloseable {
    private static final String ID_FILE = "instance-id";
    private static final String LOCK_FILE = "instance-lock";

    private final Path directory;
    private final FileChannel lockFile;

    private InstanceDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    static InstanceDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile =
                    FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new StartException("Expected to use the directory " + directory
                        + ", but another ledger is using it; stop that one, or give another --data-dir");
            }
            return new InstanceDirectory(directory, lockFile);
        } catch (IOException e) {
            throw new StartException("Expected to use the directory " + directory + ", but " + e, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return directory;
    }

    String id() {
        Path file = directory.resolve(ID_FILE);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            String id = UUID.randomUUID().toString();
            Files.writeString(file, id);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to keep the instance's id in " + file, e);
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
