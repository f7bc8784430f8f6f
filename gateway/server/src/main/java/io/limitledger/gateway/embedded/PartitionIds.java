package io.limitledger.gateway.embedded;

import io.limitledger.gateway.machine.StartException;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The ids of topics beside their logs, compared with those that the controller knows before the broker opens the logs: it
 * would set aside each log without an id, or with one that the controller does not know, and begin an empty one.
 */
final class PartitionIds {
    private static final String METADATA_TOPIC = "__cluster_metadata";
    private static final String FILE = "partition.metadata";
    private static final Pattern ID = Pattern.compile("version: 0\\s+topic_id: ([A-Za-z0-9_-]{22})\\s*");

    private PartitionIds() {}

    /**
     * Writes each id that is missing or damaged.
     *
     * @param known ids by topic, as the controller has them
     * @throws StartException if the controller does not know a topic of the ledger that has data
     */
    static void check(Path logDir, Map<String, Uuid> known) throws IOException {
        boolean isOfThisData = false;
        List<Path> withoutId = new ArrayList<>();
        for (Path partition : LogFiles.partitions(logDir)) {
            Uuid id = topic(partition).equals(METADATA_TOPIC) || !hasRecords(partition)
                    ? null
                    : known.get(topic(partition));
            if (id == null) {
                requireKnown(partition, known);
            } else if (id.toString().equals(read(partition))) {
                isOfThisData = true;
            } else if (isOfTheLedger(topic(partition)) || read(partition) == null) {
                withoutId.add(partition);
            }
        }
        for (Path partition : withoutId) {
            // Made anew, topics have other ids than before, all of them.
            if (!isOfThisData && read(partition) != null) {
                throw unknown(partition);
            }
            Files.writeString(partition.resolve(FILE), "version: 0\ntopic_id: " + known.get(topic(partition)));
        }
    }

    private static void requireKnown(Path partition, Map<String, Uuid> known) throws IOException {
        String topic = topic(partition);
        if (isOfTheLedger(topic) && !known.containsKey(topic) && hasRecords(partition)) {
            throw unknown(partition);
        }
    }

    private static StartException unknown(Path partition) {
        return DataFiles.damaged(
                partition.resolveSibling(METADATA_TOPIC + "-0"),
                "it does not know the topic whose data is in " + partition.getFileName()
                        + ", so it was cut, or is an older copy",
                "Bring it back from a copy of this data");
    }

    private static String topic(Path partition) {
        return Objects.requireNonNull(LogFiles.topic(partition));
    }

    private static boolean hasRecords(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            for (Path log : logs) {
                if (Files.size(log) > 0 || LogSegment.offsetOf(log) > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isOfTheLedger(String topic) {
        return topic.equals(LedgerTopics.CHANGELOG)
                || LedgerTopics.DEFAULTS.all().stream().map(TopicSpec::name).anyMatch(topic::equals);
    }

    /** The id on file; null if it cannot be read. */
    private static @Nullable String read(Path partition) throws IOException {
        Path file = partition.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        Matcher matcher = ID.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        return matcher.matches() ? matcher.group(1) : null;
    }
}
