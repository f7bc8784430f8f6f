package io.limitledger.gateway.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders and files that only the user of this process may read: names of limits and holders are in the data, and secrets in
 * other files. Kafka makes its files as the umask says, so the folder above them is what keeps other users out.
 */
public final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

    /**
     * What this program keeps in a folder of its own. A folder with anything else may be a home or a shared folder, whose rights
     * are not ours to change.
     */
    private static final Set<String> OURS = Set.of("lock", "kafka", "ledger", "damaged", "streams", "instance-id");

    private static final FileAttribute<?>[] NO_RIGHTS = {};

    /** In each volume that is a disk of its own. */
    private static final String LOST_AND_FOUND = "lost+found";

    private static final String CANNOT_CHANGE = "its rights cannot be changed: ";

    /** One process has one data folder, so one warning is enough for all that is in it. */
    private static final AtomicBoolean HAS_WARNED = new AtomicBoolean();

    private PrivateFiles() {}

    /**
     * Makes a data folder, and those above it that do not exist, with the rights 0700. One that exists is brought to the same,
     * unless files of others are in it; then what older versions put into it is. Where that cannot be done, a warning is logged.
     *
     * @return the folder without symbolic links
     */
    public static Path createDataFolder(Path wanted) throws IOException {
        Path folder = create(wanted).toRealPath();
        if (!isPosix()) {
            warn(folder, "this file system has no such rights");
        } else if (!isPrivate(folder)) {
            makePrivate(folder);
        }
        return folder;
    }

    /** Makes a folder within the data folder, or brings it to the rights 0700, whatever is in it. */
    public static Path createFolderWithin(Path wanted) throws IOException {
        Path folder = create(wanted);
        if (isPosix() && !isPrivate(folder)) {
            makeEntryPrivate(folder, OWNER_ONLY_FOLDER);
        }
        return folder;
    }

    private static Path create(Path wanted) throws IOException {
        boolean isThere = Files.isDirectory(wanted);
        return isThere ? wanted : Files.createDirectories(wanted, isPosix() ? rights(OWNER_ONLY_FOLDER) : NO_RIGHTS);
    }

    /** Writes a file with the rights 0600, which it has before it has its content. */
    public static void write(Path file, String text) throws IOException {
        if (isPosix()) {
            Files.deleteIfExists(file);
            Files.createFile(file, rights(OWNER_ONLY_FILE));
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /**
     * Whether every user of the machine may read a file with secrets, which its owner should know.
     *
     * <p>Only a warning may follow: containers mount secrets so, because the file's owner is not the user in the container.
     */
    public static boolean isOpenToAll(Path file) throws IOException {
        return isPosix() && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] rights(Set<PosixFilePermission> permissions) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static boolean isPrivate(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        return OWNER_ONLY_FOLDER.containsAll(permissions);
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!isOurs(folder)) {
            makeContentPrivate(folder);
            warn(
                    folder,
                    "it has files of others, so its own rights are left as they are; ours in it are 0700 and 0600");
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
        } catch (IOException e) {
            makeContentPrivate(folder);
            warn(folder, CANNOT_CHANGE + FileFailure.inWords(e));
            return;
        }
        if (!isPrivate(folder)) {
            warn(folder, "this file system does not keep such rights");
        }
    }

    private static boolean isOurs(Path folder) throws IOException {
        return entries(folder).stream()
                .map(entry -> entry.getFileName().toString())
                .allMatch(name -> OURS.contains(name) || name.equals(LOST_AND_FOUND));
    }

    private static void makeContentPrivate(Path folder) throws IOException {
        for (Path entry : entries(folder)) {
            if (OURS.contains(entry.getFileName().toString())) {
                boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                makeEntryPrivate(entry, isFolder ? OWNER_ONLY_FOLDER : OWNER_ONLY_FILE);
            }
        }
    }

    /** A link is left alone: the rights would be those of its target. */
    private static void makeEntryPrivate(Path entry, Set<PosixFilePermission> permissions) {
        if (Files.isSymbolicLink(entry)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(entry, permissions);
        } catch (IOException e) {
            warn(entry, CANNOT_CHANGE + FileFailure.inWords(e));
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void warn(Path folder, String why) {
        if (HAS_WARNED.compareAndSet(false, true)) {
            LOG.warn("Other users of this machine may be able to read the data in {}: {}", folder, why);
        }
    }
}
