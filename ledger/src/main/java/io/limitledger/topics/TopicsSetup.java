package io.limitledger.topics;

import io.limitledger.topics.TopicMismatchException.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing, and verifies all of them against the table.
 *
 * <p>Every process does this at its start, so none depends on another having been there first. Two that do it at once do
 * no harm: whoever comes second finds the topic made, and verifies it like any other.
 */
public final class TopicsSetup {

    /** Long enough for a cluster that is just starting, short enough that a wrong address is noticed. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** A topic just made is known to one broker a few milliseconds before the others. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private final Admin admin;
    private final LedgerTopics topics;
    private final String bootstrapServers;
    private final Duration timeout;
    private final long deadlineNanos;

    private TopicsSetup(Admin admin, LedgerTopics topics, String bootstrapServers, Duration timeout) {
        this.admin = admin;
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /** As {@link #ensure(Map, LedgerTopics, Duration)}, with the default time-out. */
    public static PartitionCounts ensure(Map<String, ?> clientProperties, LedgerTopics topics) {
        return ensure(clientProperties, topics, DEFAULT_TIMEOUT);
    }

    /**
     * Returns when every topic is there and as it must be.
     *
     * @param clientProperties how to reach Kafka: {@code bootstrap.servers}, and whatever else a client needs
     * @param timeout for all of it
     * @throws TopicMismatchException if a topic differs from the table
     * @throws TopicSetupException if Kafka cannot be reached, or refuses
     */
    public static PartitionCounts ensure(Map<String, ?> clientProperties, LedgerTopics topics, Duration timeout) {
        String servers = String.valueOf(clientProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        Admin admin = connect(clientProperties, servers);
        try {
            return new TopicsSetup(admin, topics, servers, timeout).run();
        } finally {
            // At once: after a time-out there are calls still open, which nobody waits for.
            admin.close(Duration.ZERO);
        }
    }

    private static Admin connect(Map<String, ?> clientProperties, String servers) {
        try {
            return Admin.create(new HashMap<>(clientProperties));
        } catch (KafkaException e) {
            throw new TopicSetupException(
                    "Expected to make a client for Kafka at " + servers + ", but " + rootMessage(e), e);
        }
    }

    private PartitionCounts run() {
        Set<String> present = existing();
        createMissing(List.of(commandsToMake(present)), present);
        // The commands first: whatever number they have, by whoever's hand, the events get the same.
        int commandPartitions = partitionsOf(LedgerTopics.COMMANDS);
        List<TopicSpec> others = new ArrayList<>(topics.all());
        others.replaceAll(
                spec -> spec.name().equals(LedgerTopics.EVENTS) ? spec.withPartitions(commandPartitions) : spec);
        createMissing(others, present);
        return verify();
    }

    /** If the events are there already, the commands follow them: the two must have the same number. */
    private TopicSpec commandsToMake(Set<String> present) {
        TopicSpec commands = topics.commands();
        boolean eventsOnly = present.contains(LedgerTopics.EVENTS) && !present.contains(LedgerTopics.COMMANDS);
        return eventsOnly ? commands.withPartitions(partitionsOf(LedgerTopics.EVENTS)) : commands;
    }

    private Set<String> existing() {
        return await("list the topics", () -> admin.listTopics().names());
    }

    private void createMissing(List<TopicSpec> specs, Set<String> present) {
        for (TopicSpec spec : specs) {
            if (!present.contains(spec.name())) {
                create(spec);
            }
        }
    }

    private void create(TopicSpec spec) {
        try {
            await(
                    "make the topic " + spec.name(),
                    () -> admin.createTopics(List.of(newTopic(spec))).all());
        } catch (TopicExistsException e) {
            // Another process was quicker. What it made is verified like what this one makes.
        }
    }

    private NewTopic newTopic(TopicSpec spec) {
        Optional<Short> replicas = topics.replicationFactor() == LedgerTopics.BROKER_DEFAULT
                ? Optional.empty()
                : Optional.of(topics.replicationFactor());
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), replicas).configs(spec.settings());
    }

    private PartitionCounts verify() {
        Map<String, Integer> partitions = partitions();
        List<Difference> differences = new ArrayList<>(settingDifferences());
        int commands = count(partitions, LedgerTopics.COMMANDS);
        int events = count(partitions, LedgerTopics.EVENTS);
        if (commands != events) {
            differences.add(partitionDifference(commands, events));
        }
        if (!differences.isEmpty()) {
            throw new TopicMismatchException(bootstrapServers, differences);
        }
        return new PartitionCounts(
                commands, count(partitions, LedgerTopics.REPLIES), count(partitions, LedgerTopics.REJECTED));
    }

    private List<Difference> settingDifferences() {
        Map<String, Config> found = settings();
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec spec : topics.all()) {
            Config config = require(found, spec.name());
            for (String setting : new TreeSet<>(spec.enforced())) {
                String expected = require(spec.settings(), setting);
                String actual = valueOf(config, setting);
                if (!expected.equals(actual)) {
                    differences.add(settingDifference(spec, setting, expected, actual));
                }
            }
        }
        return differences;
    }

    private Difference settingDifference(TopicSpec spec, String setting, String expected, String found) {
        String mend = "kafka-configs.sh --bootstrap-server " + bootstrapServers
                + " --alter --entity-type topics --entity-name " + spec.name() + " --add-config " + setting + "="
                + expected;
        return new Difference(spec.name(), setting, expected, found, spec.reason(), mend);
    }

    /** Partitions cannot be taken away, and added ones would tear a limit's events apart. So only an empty topic is mended. */
    private Difference partitionDifference(int commands, int events) {
        return new Difference(
                LedgerTopics.EVENTS,
                "partitions",
                commands + ", as many as " + LedgerTopics.COMMANDS + " has",
                Integer.toString(events),
                "The events of a limit lie in the partition of its commands.",
                "as long as nothing was decided, kafka-topics.sh --bootstrap-server " + bootstrapServers
                        + " --delete --topic " + LedgerTopics.EVENTS
                        + ", and start again; else restore the commands topic with " + events + " partitions");
    }

    private static String valueOf(Config config, String setting) {
        var entry = config.get(setting);
        return entry == null || entry.value() == null ? "nothing" : entry.value();
    }

    private int partitionsOf(String topic) {
        Map<String, TopicDescription> found = awaitKnown(
                "look at " + topic, () -> admin.describeTopics(List.of(topic)).allTopicNames());
        return require(found, topic).partitions().size();
    }

    private Map<String, Integer> partitions() {
        List<String> names = topics.all().stream().map(TopicSpec::name).collect(Collectors.toList());
        Map<String, Integer> counts = new TreeMap<>();
        awaitKnown("look at the topics", () -> admin.describeTopics(names).allTopicNames())
                .forEach((name, description) ->
                        counts.put(name, description.partitions().size()));
        return counts;
    }

    private Map<String, Config> settings() {
        List<ConfigResource> resources = topics.all().stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .collect(Collectors.toList());
        Map<String, Config> found = new TreeMap<>();
        awaitKnown(
                        "read the settings of the topics",
                        () -> admin.describeConfigs(resources).all())
                .forEach((resource, config) -> found.put(resource.name(), config));
        return found;
    }

    private static int count(Map<String, Integer> partitions, String topic) {
        return require(partitions, topic);
    }

    private static <V> V require(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new TopicSetupException("Expected to be told about " + key + ", but was told about " + map.keySet());
        }
        return value;
    }

    /** As {@link #await}, but asks again as long as the broker that answers has not heard of a topic just made. */
    private <T> T awaitKnown(String what, Supplier<KafkaFuture<T>> call) {
        while (true) {
            try {
                return await(what, call);
            } catch (UnknownTopicOrPartitionException e) {
                if (deadlineNanos - System.nanoTime() < RETRY_PAUSE.toNanos()) {
                    throw new TopicSetupException(expected(what) + e.getMessage(), e);
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    private <T> T await(String what, Supplier<KafkaFuture<T>> call) {
        try {
            long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
            return call.get().get(leftNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unreachable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicSetupException(expected(what) + "was interrupted", e);
        } catch (ExecutionException e) {
            throw translate(what, e.getCause() == null ? e : e.getCause());
        }
    }

    private RuntimeException translate(String what, Throwable cause) {
        if (cause instanceof TopicExistsException exists) {
            return exists;
        }
        if (cause instanceof UnknownTopicOrPartitionException unknown) {
            return unknown;
        }
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return unreachable(what, cause);
        }
        return new TopicSetupException(expected(what) + cause.getMessage(), cause);
    }

    private TopicSetupException unreachable(String what, Throwable cause) {
        return new TopicSetupException(
                "Expected to reach Kafka at " + bootstrapServers + " within " + seconds()
                        + " s, but it did not answer in time" + " (to " + what
                        + "). Check the address, and whether Kafka is running.",
                cause);
    }

    private String seconds() {
        return timeout.toMillis() % 1000 == 0
                ? Long.toString(timeout.toSeconds())
                : Double.toString(timeout.toMillis() / 1000.0);
    }

    private String expected(String what) {
        return "Expected to " + what + " at " + bootstrapServers + ", but ";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
