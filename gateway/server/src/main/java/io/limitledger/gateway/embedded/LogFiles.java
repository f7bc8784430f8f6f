package io.limitledger.gateway.embedded;

import io.limitledger.gateway.machine.PrivateFiles;
import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.LedgerTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The logs of the embedded broker, read before it opens them if its last stop was clean: then every file is as Kafka closed
 * it, and what cannot be read was damaged since. Kafka itself believes the mark of a clean stop and reads nothing; it would
 * append behind the damage, where no reader arrives. Only the newest segment of each partition is read, as Kafka
 * does after a stop that was not clean; older ones are never written again.
 */
final class LogFiles {
    private static final String CLEAN_STOP = ".kafka_cleanshutdown";
    private static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
    private static final String LOG_STARTS = "log-start-offset-checkpoint";
    private static final String METADATA = "__cluster_metadata-0";
    private static final String OF_KAFKA = "__";
    private static final String IDENTITY = "partition.metadata";

    /** Folders that Kafka is about to remove, or has set aside, end otherwise. */
    private static final Pattern PARTITION = Pattern.compile("(.+)-(\\d+)");

    private final Path logDir;
    private final boolean isClean;
    private final Map<String, Long> starts;
    /** A clean stop flushes each log to its end. */
    private final Map<String, Long> flushed;

    /**
     * What is wrong with a file.
     *
     * @param folder in which it is
     * @param segment that it is; null if it is another file
     */
    private record Damage(
            Path folder, Path file, String what, @Nullable LogSegment segment) {
        boolean isOf(String prefix) {
            return folder.getFileName().toString().startsWith(prefix);
        }
    }

    private LogFiles(Path logDir, boolean isClean) throws IOException {
        this.logDir = logDir;
        this.isClean = isClean;
        this.starts = offsets(logDir.resolve(LOG_STARTS));
        this.flushed = isClean ? offsets(logDir.resolve(RECOVERY_POINTS)) : Map.of();
    }

    /**
     * Reads them.
     *
     * @throws StartException if one is damaged; its message names it and says what to do
     */
    static void check(Path logDir) throws IOException {
        if (!Files.exists(logDir.resolve(CLEAN_STOP))) {
            return;
        }
        List<Damage> damages = damages(logDir);
        if (!damages.isEmpty()) {
            Damage first = damages.get(0);
            String more = damages.size() == 1 ? "" : " (" + (damages.size() - 1) + " more files are damaged, too)";
            throw DataFiles.damaged(first.file(), first.what() + more, remedy(logDir, first));
        }
    }

    /**
     * Leaves of each damaged log what can be read, however it was stopped, so that the broker can be started and the state
     * restored. What was there is kept in a folder beside the data.
     */
    static void cutOff(Path logDir) throws IOException {
        List<Damage> damages = damages(logDir);
        if (damages.isEmpty()) {
            return;
        }
        Path kept = logDir.resolveSibling("damaged")
                .resolve(Instant.now().toString().replace(':', '-'));
        for (Damage damage : damages) {
            if (damage.isOf(METADATA)) {
                throw DataFiles.damaged(damage.file(), damage.what(), remedy(logDir, damage));
            }
            cutOff(
                    damage,
                    PrivateFiles.createFolderWithin(kept.resolve(damage.folder().getFileName())));
        }
        Files.deleteIfExists(logDir.resolve(CLEAN_STOP));
    }

    private static void cutOff(Damage damage, Path kept) throws IOException {
        Path copy = kept.resolve(damage.file().getFileName());
        if (damage.isOf(OF_KAFKA)) {
            moveAll(damage.folder(), kept);
        } else if (damage.segment() != null) {
            Files.copy(damage.file(), copy);
            damage.segment().cutOff();
        } else if (Files.exists(damage.file())) {
            Files.move(damage.file(), copy);
        }
    }

    /** Of positions of groups and of transactions the half is worth nothing; the ledger needs none of them. */
    private static void moveAll(Path partition, Path to) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            for (Path file : files.toList()) {
                if (!file.endsWith(IDENTITY)) {
                    Files.move(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static String remedy(Path logDir, Damage damage) {
        String copy = "Bring it back from a copy of this data";
        if (damage.isOf(METADATA)) {
            return copy;
        }
        if (damage.isOf(LedgerTopics.LEDGERS)) {
            return copy
                    + ": without the keys of former ledgers their commands cannot be decided again, neither by an audit"
                    + " nor by a restore. If it is lost, 'limits serve --accept-loss' keeps the live state as it is";
        }
        Path data = logDir.toAbsolutePath().resolveSibling("");
        return copy + ", or run 'limits restore --data-dir " + data
                + "', which goes on without what cannot be read, keeps the file in " + data.resolve("damaged")
                + " and builds the live state from the events";
    }

    private static List<Damage> damages(Path logDir) throws IOException {
        LogFiles files = new LogFiles(logDir, Files.exists(logDir.resolve(CLEAN_STOP)));
        List<Damage> damages = new ArrayList<>();
        for (Path partition : partitions(logDir)) {
            files.look(partition, damages);
        }
        files.lookForMissing(damages);
        return damages;
    }

    /** Folders of partitions that are in use. */
    static List<Path> partitions(Path logDir) throws IOException {
        try (Stream<Path> files = Files.list(logDir)) {
            return files.filter(Files::isDirectory)
                    .filter(folder -> topic(folder) != null)
                    .sorted()
                    .toList();
        }
    }

    /** The topic of a partition's folder; null for another folder. */
    static @Nullable String topic(Path folder) {
        Matcher matcher = PARTITION.matcher(folder.getFileName().toString());
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Kafka would begin an empty log in place of one that had records. Its own are of no use to a ledger. */
    private void lookForMissing(List<Damage> damages) {
        flushed.forEach((name, end) -> {
            Path partition = logDir.resolve(name);
            if (end > 0 && !name.startsWith(OF_KAFKA) && !Files.exists(partition)) {
                damages.add(new Damage(partition, partition, "it is missing", null));
            }
        });
    }

    private void look(Path partition, List<Damage> damages) throws IOException {
        for (Path snapshot : endingWith(partition, ".checkpoint")) {
            LogSegment segment = LogSegment.read(snapshot);
            if (!segment.isWhole()) {
                damages.add(new Damage(partition, snapshot, segment.damage(), segment));
            }
        }
        List<Path> logs = endingWith(partition, ".log");
        if (!logs.isEmpty()) {
            look(partition, LogSegment.read(logs.get(logs.size() - 1)), damages);
        } else if (isClean && closedAt(partition) > 0) {
            damages.add(new Damage(partition, partition.resolve("*.log"), "it is missing", null));
        }
    }

    private void look(Path partition, LogSegment newest, List<Damage> damages) throws IOException {
        long end = newest.nextOffset();
        long start = starts.getOrDefault(partition.getFileName().toString(), 0L);
        long closedAt = closedAt(partition);
        if (!newest.isWhole()) {
            damages.add(new Damage(partition, newest.file(), newest.damage(), newest));
        } else if (isClean && end < closedAt) {
            String what = "it ends at offset " + end + ", and ended at " + closedAt + " when it was closed";
            damages.add(new Damage(partition, newest.file(), what, newest));
        } else if (start > end) {
            String what = "it says that " + partition.getFileName() + " begins at offset " + start
                    + ", and that ends at " + end;
            damages.add(new Damage(logDir, logDir.resolve(LOG_STARTS), what, null));
        } else if (isClean && !newest.hasFittingIndexes()) {
            newest.removeIndexes();
        }
    }

    /** When Kafka closes a log, it names a snapshot of its producers by where the log ends. */
    private long closedAt(Path partition) throws IOException {
        long flushedTo = flushed.getOrDefault(partition.getFileName().toString(), 0L);
        return endingWith(partition, ".snapshot").stream()
                .mapToLong(LogSegment::offsetOf)
                .reduce(flushedTo, Math::max);
    }

    private static List<Path> endingWith(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** By partition; the form of the file was checked before. */
    private static Map<String, Long> offsets(Path file) throws IOException {
        Map<String, Long> offsets = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", -1);
                if (words.length == 3) {
                    offsets.put(words[0] + "-" + words[1], Long.parseLong(words[2]));
                }
            }
        }
        return offsets;
    }
}
