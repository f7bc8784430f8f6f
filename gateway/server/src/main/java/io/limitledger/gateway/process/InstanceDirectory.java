package io.limitledger.gateway.process;

import io.limitledger.gateway.machine.DirectoryLock;
import io.limitledger.gateway.machine.PrivateFiles;
import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger instance keeps its own things, and the name under which its group knows it. The name is stored in the
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
                return plausible(file, Files.readString(file).strip());
            }
            String id = UUID.randomUUID().toString();
            PrivateFiles.write(file, id);
            return id;
        } catch (CharacterCodingException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw new StartException("Expected to keep the instance's id in " + file + ", but " + e, e);
        }
    }

    /** It becomes part of names on Kafka, and of metrics. */
    private static String plausible(Path file, String id) {
        if (!id.matches("[A-Za-z0-9._-]{1,100}")) {
            throw damaged(file, null);
        }
        return id;
    }

    private static StartException damaged(Path file, @Nullable Exception cause) {
        return new StartException(
                "The file " + file + " is damaged: expected an id of up to 100 letters, digits, dots, dashes and"
                        + " underscores. Remove it: a new one is made",
                cause);
    }

    @Override
    public void close() {
        lock.close();
    }
}
