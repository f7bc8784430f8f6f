package io.limitledger.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of the topics: the one place that names them and says what each must be.
 *
 * <p>The changelog of the state is not made by it. Kafka Streams makes it; its settings are checked here too.
 *
 * <p>How to choose the numbers: a partition of commands is decided by one thread, so their number bounds how many threads
 * and instances can share the work, and it cannot be changed later, because a limit belongs to a partition by its name. A
 * partition of replies belongs to one gateway at a time, so there must be at least as many as gateways.
 *
 * @param commandPartitions for the commands, and for the events, which lie beside them partition by partition
 * @param replyPartitions for the replies
 * @param replicationFactor for each topic; {@link #BROKER_DEFAULT} leaves it to the cluster
 */
public record LedgerTopics(int commandPartitions, int replyPartitions, short replicationFactor) {

    /** What askers want. Key: the limit's name. */
    public static final String COMMANDS = "limits.commands";

    /** The ledger: what was decided. Key: the limit's name. */
    public static final String EVENTS = "limits.events";

    /** Answers to the askers. Key: the asker. */
    public static final String REPLIES = "limits.replies";

    /** Commands that could not be read, as they came. */
    public static final String REJECTED = "limits.rejected";

    /** The consumer group of the ledgers; also the prefix of their transactional ids and of their changelog. */
    public static final String GROUP = "limit-ledger";

    /** The ledger's state store, which names its changelog. */
    public static final String STORE = "state";

    /** The live state: a record per limit, and per lease id that waits, holds or has ended. Made by Kafka Streams. */
    public static final String CHANGELOG = GROUP + "-" + STORE + "-changelog";

    /** The public keys of ledgers, by which their own commands are distinguished from those of others. Key: the id of the key. */
    public static final String LEDGERS = "limits.ledgers";

    /**
     * Tokens and rights of those who ask gateways; only where gateways authenticate them. Key: the kind and the name of what is kept.
     */
    public static final String ACCESS = "limits.access";

    /** Says that the cluster's own default holds for the number of replicas. */
    public static final short BROKER_DEFAULT = -1;

    /** Four threads keep well ahead of one broker, and four small instances can share them. */
    public static final int DEFAULT_COMMAND_PARTITIONS = 4;

    /** Eight gateways, which is more than most have. */
    public static final int DEFAULT_REPLY_PARTITIONS = 8;

    /** Beyond this a broker spends itself on bookkeeping; a larger number is most likely a slip of the finger. */
    public static final int MAX_PARTITIONS = 1000;

    /** The table with the numbers that suit one broker, and most clusters. */
    public static final LedgerTopics DEFAULTS =
            new LedgerTopics(DEFAULT_COMMAND_PARTITIONS, DEFAULT_REPLY_PARTITIONS, BROKER_DEFAULT);

    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String CLEANUP = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final String COMPRESSION = "compression.type";
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    private static final String FOREVER = "-1";
    private static final String UNLIMITED = "-1";

    /** One command, event or reply has well under 10 kB; this is Kafka's own default, stated so that no cluster's differs. */
    private static final String MESSAGE_BYTES = "1048588";

    /** A rejected command has its own size, up to the full size of a command, and the reason besides. */
    private static final String REJECTED_MESSAGE_BYTES = "2097152";

    /**
     * An hour: a ledger that is away for longer than commands are kept loses those that it has not decided. It is the least
     * that a restart after a fault takes if an operator has to be woken up first.
     */
    private static final long SHORTEST_RETENTION_MILLIS = Duration.ofHours(1).toMillis();

    /** A minute: no client waits longer for a reply that was sent. */
    private static final long LONGEST_REPLY_WAIT_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Above the largest command with the longest names, holders and lists that are allowed. */
    private static final long LARGEST_RECORD_BYTES = 100_000;

    public LedgerTopics {
        requirePartitions("commands", commandPartitions);
        requirePartitions("replies", replyPartitions);
        if (replicationFactor != BROKER_DEFAULT && replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "Expected a replication factor of 1 or more, or -1 for the broker's default, but got "
                            + replicationFactor);
        }
    }

    /** The changelog of the live state. Kafka Streams makes it; what it must be is watched all the same. */
    static TopicSpec changelog() {
        return new TopicSpec(
                CHANGELOG,
                DEFAULT_COMMAND_PARTITIONS,
                Map.of(CLEANUP, "compact"),
                Set.of(CLEANUP),
                Map.of(MAX_MESSAGE_BYTES, LARGEST_RECORD_BYTES),
                "The changelog is the live state: no record may be dropped before a later one of its key.");
    }

    /** Every topic that all processes need, the commands first: their number of partitions decides that of the events. */
    public List<TopicSpec> all() {
        return List.of(commands(), events(), replies(), rejected(), ledgers());
    }

    /** Those that processes of these roles need. */
    List<TopicSpec> neededBy(Collection<Role> roles) {
        List<TopicSpec> needed = new ArrayList<>(all());
        if (roles.contains(Role.GATEKEEPER)) {
            needed.add(access());
        }
        return needed;
    }

    TopicSpec commands() {
        return new TopicSpec(
                COMMANDS,
                commandPartitions,
                Map.of(
                        TIMESTAMP_TYPE,
                        "LogAppendTime",
                        CLEANUP,
                        "delete",
                        // Long enough to decide them again for an audit, and to find the ledger again after a weekend.
                        RETENTION,
                        millis(Duration.ofDays(7)),
                        // A bound in bytes could take away commands that are not decided yet.
                        RETENTION_BYTES,
                        UNLIMITED,
                        // As produced, so that nothing is compressed twice.
                        COMPRESSION,
                        "producer",
                        MAX_MESSAGE_BYTES,
                        MESSAGE_BYTES),
                Set.of(TIMESTAMP_TYPE, CLEANUP, RETENTION_BYTES),
                Map.of(RETENTION, SHORTEST_RETENTION_MILLIS, MAX_MESSAGE_BYTES, LARGEST_RECORD_BYTES),
                "Decisions take their time from the broker's append time, and every command must be decided.");
    }

    TopicSpec events() {
        return new TopicSpec(
                EVENTS,
                commandPartitions,
                Map.of(
                        // An event has the time of its command, not that of being written.
                        TIMESTAMP_TYPE,
                        "CreateTime",
                        CLEANUP,
                        "delete",
                        RETENTION,
                        FOREVER,
                        RETENTION_BYTES,
                        UNLIMITED,
                        COMPRESSION,
                        "producer",
                        MAX_MESSAGE_BYTES,
                        MESSAGE_BYTES),
                Set.of(TIMESTAMP_TYPE, CLEANUP, RETENTION, RETENTION_BYTES),
                Map.of(MAX_MESSAGE_BYTES, LARGEST_RECORD_BYTES),
                "The events are the ledger: none may be dropped or compacted away, and each has its command's time.");
    }

    TopicSpec replies() {
        String tenMinutes = millis(Duration.ofMinutes(10));
        return new TopicSpec(
                REPLIES,
                replyPartitions,
                Map.of(
                        // A start that was promised is a time of the broker's clock, and is waited for by the same
                        // clock.
                        TIMESTAMP_TYPE,
                        "LogAppendTime",
                        CLEANUP,
                        "delete",
                        // No client waits longer for an answer; a new gateway reads none of the old ones.
                        RETENTION,
                        tenMinutes,
                        // Only whole segments are dropped, and only once they are closed.
                        "segment.ms",
                        tenMinutes,
                        COMPRESSION,
                        "producer",
                        MAX_MESSAGE_BYTES,
                        MESSAGE_BYTES),
                Set.of(CLEANUP),
                Map.of(RETENTION, LONGEST_REPLY_WAIT_MILLIS, MAX_MESSAGE_BYTES, LARGEST_RECORD_BYTES),
                "Replies share the asker's key; compaction would drop replies that are still awaited.");
    }

    TopicSpec rejected() {
        return new TopicSpec(
                REJECTED,
                1,
                Map.of(
                        CLEANUP,
                        "delete",
                        // As long as the commands, so that an operator can look on Monday.
                        RETENTION,
                        millis(Duration.ofDays(7)),
                        COMPRESSION,
                        "producer",
                        MAX_MESSAGE_BYTES,
                        REJECTED_MESSAGE_BYTES),
                Set.of(CLEANUP),
                Map.of(),
                "Rejected commands keep the key they came with, or none; compaction would drop or refuse them.");
    }

    TopicSpec ledgers() {
        return new TopicSpec(
                LEDGERS,
                1,
                Map.of(CLEANUP, "compact", COMPRESSION, "producer", MAX_MESSAGE_BYTES, MESSAGE_BYTES),
                Set.of(CLEANUP),
                Map.of(),
                "The keys of all ledgers there ever were are kept, so that what they sent can be told from what others"
                        + " sent.");
    }

    TopicSpec access() {
        return new TopicSpec(
                ACCESS,
                // One order of all changes: what a token is called is decided once.
                1,
                Map.of(CLEANUP, "compact", COMPRESSION, "producer", MAX_MESSAGE_BYTES, MESSAGE_BYTES),
                Set.of(CLEANUP),
                Map.of(MAX_MESSAGE_BYTES, LARGEST_RECORD_BYTES),
                "Tokens and rights are kept for as long as they hold: the last record of each may not be dropped.");
    }

    private static void requirePartitions(String what, int partitions) {
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    "Expected 1 to " + MAX_PARTITIONS + " partitions of " + what + ", but got " + partitions);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
