package io.limitledger.gateway.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Verification;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.PartitionNote;
import io.limitledger.wire.StateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a stack has stored, in its topics and in its files. */
final class StoredLedger {
    private static final int PARTITIONS = LedgerTopics.DEFAULT_COMMAND_PARTITIONS;

    private StoredLedger() {}

    /** All records of the live state, but for those that move with each heartbeat and each commit. */
    static Map<String, String> state(EmbeddedStack stack) {
        Map<String, String> state = new TreeMap<>();
        try (KafkaAuditedLog log = new KafkaAuditedLog(stack.clientProperties(), PARTITIONS)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String place = partition + "/";
                log.state(partition).forEachRemaining(record -> {
                    String key = new String(record.key(), UTF_8);
                    switch (StateKey.parse(key).kind()) {
                        case LIMIT, LEASE, KEY, REMOVALS -> put(state, place + key, record.value());
                        case LEASE_CLOCK, MARK -> {}
                    }
                });
            }
        }
        return state;
    }

    private static void put(Map<String, String> state, String key, byte[] value) {
        if (value == null) {
            state.remove(key);
        } else {
            state.put(key, new String(value, UTF_8));
        }
    }

    /** Of the audit. */
    static List<?> findings(EmbeddedStack stack) {
        try (KafkaAuditedLog log = new KafkaAuditedLog(stack.clientProperties(), PARTITIONS)) {
            return new Verification(log, List.of(), (events, share) -> {})
                    .run()
                    .findings()
                    .all();
        }
    }

    static List<String> notes(EmbeddedStack stack, PartitionNote.Kind kind) {
        List<String> notes = new ArrayList<>();
        try (KafkaAuditedLog log = new KafkaAuditedLog(stack.clientProperties(), PARTITIONS)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                log.events(partition, 0).forEachRemaining(record -> {
                    String value = new String(record.value(), UTF_8);
                    if (PartitionNote.is(record.key(), record.headers()) && value.contains(kind.name())) {
                        notes.add(value);
                    }
                });
            }
        }
        return notes;
    }

    /** The folder of the embedded broker. */
    static Path kafka(Path directory) {
        return directory.resolve("broker").resolve("kafka");
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = from.equals(file)
                        ? to
                        : to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    static void delete(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (Stream<Path> files = Files.walk(file)) {
            for (Path one : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
