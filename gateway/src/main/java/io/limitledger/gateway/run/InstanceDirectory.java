package io.limitledger.gateway.run;

import io.limitledger.gateway.start.DirectoryLock;
import io.limitledger.gateway.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Where a ledger instance keeps its own things, and the name under which its group knows it. The name lies in the
 * directory, so that a start on the same directory can take the process that was killed there out of the group. It would
 * do that to a living one too; so the directory is locked.
 */
final class InstanceDirectory implements AutoCloseable {
    private static final String ID_FILE = "instance-id";

    private final DirectoryLock lock;

    private InstanceDirectory(DirectoryLock lock) {
        this.lock = lock;
    }

    static InstanceDirectory open(Path directory) {
        return new InstanceDirectory(DirectoryLock.take(directory));
    }

    Path path() {
        return lock.directory();
    }

    String id() {
        Path file = path().resolve(ID_FILE);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            String id = UUID.randomUUID().toString();
            Files.writeString(file, id);
            return id;
        } catch (IOException e) {
            throw new StartException("Expected to keep the instance's id in " + file + ", but " + e, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
