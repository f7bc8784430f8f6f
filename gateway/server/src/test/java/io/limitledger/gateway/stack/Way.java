package io.limitledger.gateway.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A way in which a file, or the newest segment of a partition, is damaged. */
enum Way {
    REMOVED,
    EMPTIED,
    HALVED,
    LAST_BYTE_GONE,
    FIRST_BYTE_FLIPPED,
    MIDDLE_FLIPPED,
    LAST_BYTE_FLIPPED,
    ZEROED,
    GARBAGE_BEHIND,
    OLD_COPY;

    private static final int GARBAGE_BYTES = 300;

    /**
     * Does it, if there is such a file.
     *
     * @param early folder of the same, as it was earlier
     * @param target in it: a folder, or a file, whose name may begin with a star for the newest of those with such an end
     */
    void damage(Path kafka, Path early, String target) throws IOException {
        Optional<Path> path = find(kafka, target);
        if (this == OLD_COPY && path.isPresent()) {
            Optional<Path> old = find(early, target);
            StoredLedger.delete(path.get());
            if (old.isPresent()) {
                Path copy = path.get().resolveSibling(old.get().getFileName());
                StoredLedger.delete(copy);
                StoredLedger.copy(old.get(), copy);
            }
        } else if (this == REMOVED && path.isPresent()) {
            StoredLedger.delete(path.get());
        } else if (path.isPresent()) {
            Path file =
                    Files.isDirectory(path.get()) ? find(path.get(), "*.log").orElseThrow() : path.get();
            damage(file);
        }
    }

    private static Optional<Path> find(Path folder, String target) throws IOException {
        Path path = folder.resolve(target);
        String name = path.getFileName().toString();
        if (!name.startsWith("*")) {
            return Optional.of(path).filter(Files::exists);
        }
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.filter(file -> file.toString().endsWith(name.substring(1)))
                    .max(Comparator.naturalOrder());
        }
    }

    private void damage(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            switch (this) {
                case EMPTIED -> channel.truncate(0);
                case HALVED -> channel.truncate(size / 2);
                case LAST_BYTE_GONE -> channel.truncate(Math.max(0, size - 1));
                case FIRST_BYTE_FLIPPED -> flip(channel, 0);
                case MIDDLE_FLIPPED -> flip(channel, size / 2);
                case LAST_BYTE_FLIPPED -> flip(channel, size - 1);
                case ZEROED -> channel.write(ByteBuffer.allocate((int) size), 0);
                case GARBAGE_BEHIND -> channel.write(garbage(), size);
                case REMOVED, OLD_COPY -> throw new IllegalArgumentException("Done to whole folders");
            }
        }
    }

    private static void flip(FileChannel channel, long place) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        if (place >= 0 && channel.read(one, place) == 1) {
            one.put(0, (byte) ~one.get(0)).flip();
            channel.write(one, place);
        }
    }

    private static ByteBuffer garbage() {
        byte[] garbage = new byte[GARBAGE_BYTES];
        Arrays.fill(garbage, (byte) 'x');
        return ByteBuffer.wrap(garbage);
    }
}
