package io.limitledger.gateway.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The small files beside the logs of the embedded broker, looked at before it opens them: Kafka says of a damaged one only
 * what its parser says.
 */
final class DataFiles {
    /** Kafka makes them anew from the logs, at the price of reading more of these once. */
    private static final List<String> MADE_ANEW =
            List.of("recovery-point-offset-checkpoint", "replication-offset-checkpoint", "cleaner-offset-checkpoint");

    private static final String LOG_STARTS = "log-start-offset-checkpoint";
    private static final String LEADER_EPOCHS = "leader-epoch-checkpoint";
    private static final String IDENTITY = "meta.properties";
    private static final String FEATURES = "bootstrap.checkpoint";
    private static final String QUORUM = "__cluster_metadata-0/quorum-state";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Indexes of some fifty partitions are allocated ahead; with less space Kafka ends in an error of the memory. */
    private static final long LEAST_FREE_BYTES = 128L << 20;

    private DataFiles() {}

    /**
     * Looks at all of them, and at the logs.
     *
     * @param isRestore whether a restore follows, so that logs are cut off where they are damaged
     * @throws StartException if one is damaged, or the disk is full; its message names it and says what to do
     */
    static void check(Path logDir, String clusterId, boolean isRestore) throws IOException {
        requireSpace(logDir);
        Path identity = logDir.resolve(IDENTITY);
        if (!Files.exists(identity)) {
            requireNoData(logDir, identity);
            return;
        }
        checkIdentity(identity, clusterId);
        checkFeatures(logDir.resolve(FEATURES));
        for (String name : MADE_ANEW) {
            checkOffsets(logDir.resolve(name), "Remove it: Kafka makes it anew");
        }
        checkOffsets(
                logDir.resolve(LOG_STARTS),
                "Remove it: Kafka makes it anew, and commands that were past their retention come back for a while");
        checkPartitions(logDir);
        checkQuorum(logDir.resolve(QUORUM));
        if (isRestore) {
            LogFiles.cutOff(logDir);
        } else {
            LogFiles.check(logDir);
        }
    }

    private static void requireSpace(Path logDir) throws IOException {
        long free = Files.getFileStore(logDir).getUsableSpace();
        if (free < LEAST_FREE_BYTES) {
            throw new StartException("Expected at least " + (LEAST_FREE_BYTES >> 20) + " MB free on the disk of "
                    + logDir + ", but found " + (free >> 20) + ". Make room, and start again");
        }
    }

    /** Without its identity Kafka would begin a new ledger over the old one. */
    private static void requireNoData(Path logDir, Path identity) throws IOException {
        try (Stream<Path> files = Files.list(logDir)) {
            if (files.anyMatch(file -> file.getFileName().toString().startsWith("limits."))) {
                throw damaged(identity, "it is missing beside the data", remedyOfIdentity());
            }
        }
    }

    private static void checkIdentity(Path file, String clusterId) throws IOException {
        Properties properties = new Properties();
        try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw damaged(file, "it is not text", remedyOfIdentity());
        }
        require(file, properties, "version", "1");
        require(file, properties, "node.id", Integer.toString(BrokerSettings.NODE_ID));
        require(file, properties, "cluster.id", clusterId);
        if (properties.getProperty("directory.id", "").length() < 22) {
            throw damaged(file, "it has no whole directory.id", remedyOfIdentity());
        }
    }

    private static void require(Path file, Properties properties, String name, String expected) {
        String found = properties.getProperty(name);
        if (!expected.equals(found)) {
            String what = found == null ? "it has no " + name : "its " + name + " is " + found + ", not " + expected;
            throw damaged(file, what, remedyOfIdentity());
        }
    }

    private static String remedyOfIdentity() {
        return "Bring it back from a copy of this data; the file of another ledger does not fit";
    }

    private static void checkFeatures(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        LogSegment records = LogSegment.read(file);
        if (Files.size(file) == 0 || !records.isWhole()) {
            String what = Files.size(file) == 0 ? "it is empty" : records.damage();
            throw damaged(file, what, "Remove it: Kafka makes it anew");
        }
    }

    /** Who voted for whom; with one voter it says nothing that the log does not. */
    private static void checkQuorum(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try {
            if (JSON.readTree(Files.readAllBytes(file)).path("data_version").isNumber()) {
                return;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw damaged(file, "it is not JSON with a data_version", "Remove it: Kafka makes it anew");
    }

    private static void checkPartitions(Path logDir) throws IOException {
        try (Stream<Path> files = Files.list(logDir)) {
            for (Path partition : files.filter(Files::isDirectory).toList()) {
                Path epochs = partition.resolve(LEADER_EPOCHS);
                String remedy = "Remove it: Kafka makes it anew";
                if (partition.getFileName().toString().startsWith("__cluster_metadata")) {
                    checkEpochs(epochs, "Bring it back from a copy of this data");
                } else {
                    checkEpochs(epochs, remedy);
                }
            }
        }
    }

    private static void checkOffsets(Path file, String remedy) throws IOException {
        check(file, "\\S+ \\d+ \\d+", remedy);
    }

    private static void checkEpochs(Path file, String remedy) throws IOException {
        check(file, "\\d+ \\d+", remedy);
    }

    /** A version, a number of lines, and these lines. */
    private static void check(Path file, String line, String remedy) throws IOException {
        String what = Files.exists(file) ? damageOf(file, line) : null;
        if (what != null) {
            throw damaged(file, what, remedy);
        }
    }

    private static @Nullable String damageOf(Path file, String line) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "it is not text";
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        // As Kafka makes it, before it has anything to write.
        if (lines.isEmpty()) {
            return null;
        }
        if (lines.size() < 2 || !lines.get(0).equals("0") || !lines.get(1).equals(Integer.toString(lines.size() - 2))) {
            return "it does not have as many lines as it says";
        }
        for (String entry : lines.subList(2, lines.size())) {
            if (!entry.matches(line)) {
                return "its line '" + entry + "' is none of Kafka's";
            }
        }
        return null;
    }

    static StartException damaged(Path file, String what, String remedy) {
        return new StartException("The file " + file + " is damaged: " + what + ". " + remedy);
    }
}
