package io.limitledger.topics;

import io.limitledger.topics.TopicMismatchException.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the topics that are there with the table, and collects every difference before it complains. */
final class TopicsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsCheck.class);
    private static final long WITHOUT_BOUND = -1;

    private final BoundedAdmin admin;
    private final List<TopicSpec> specs;

    TopicsCheck(BoundedAdmin admin, List<TopicSpec> specs) {
        this.admin = admin;
        this.specs = specs;
    }

    PartitionCounts run() {
        Map<String, Integer> partitions =
                partitions(specs.stream().map(TopicSpec::name).collect(Collectors.toList()));
        List<Difference> differences = settingDifferences();
        int commands = require(partitions, LedgerTopics.COMMANDS);
        int events = require(partitions, LedgerTopics.EVENTS);
        if (commands < events) {
            differences.add(partitionDifference(commands, events));
        }
        if (!differences.isEmpty()) {
            throw new TopicMismatchException(admin.bootstrapServers(), differences);
        }
        if (commands > events) {
            LOG.warn(PartitionCounts.grown(commands, events));
        }
        return new PartitionCounts(
                Math.min(commands, events),
                require(partitions, LedgerTopics.REPLIES),
                require(partitions, LedgerTopics.REJECTED));
    }

    /** Of topics that are known to every broker by now. */
    PartitionCounts partitionCounts() {
        List<String> names =
                List.of(LedgerTopics.COMMANDS, LedgerTopics.EVENTS, LedgerTopics.REPLIES, LedgerTopics.REJECTED);
        Map<String, Integer> partitions = counts(admin.call(
                "find the topics " + names, kafka -> kafka.describeTopics(names).allTopicNames()));
        return new PartitionCounts(
                Math.min(require(partitions, LedgerTopics.COMMANDS), require(partitions, LedgerTopics.EVENTS)),
                require(partitions, LedgerTopics.REPLIES),
                require(partitions, LedgerTopics.REJECTED));
    }

    /** Kafka's own id of a topic, which another of the same name does not have. */
    String idOf(String topic) {
        Map<String, TopicDescription> topics = admin.call(
                "find the topic " + topic,
                kafka -> kafka.describeTopics(List.of(topic)).allTopicNames());
        return require(topics, topic).topicId().toString();
    }

    /** Of the first topic, where both exist and every broker knows them by now. */
    int partitionsOf(String topic, String other) {
        Map<String, Integer> partitions = counts(admin.call(
                "find the topics " + topic + " and " + other,
                kafka -> kafka.describeTopics(List.of(topic, other)).allTopicNames()));
        return require(partitions, topic);
    }

    int partitionsOf(String topic) {
        return require(partitions(List.of(topic)), topic);
    }

    private Map<String, Integer> partitions(List<String> names) {
        return counts(admin.callUntilKnown(
                "look at the topics " + names,
                kafka -> kafka.describeTopics(names).allTopicNames()));
    }

    private static Map<String, Integer> counts(Map<String, TopicDescription> topics) {
        Map<String, Integer> counts = new TreeMap<>();
        topics.forEach(
                (name, description) -> counts.put(name, description.partitions().size()));
        return counts;
    }

    private List<Difference> settingDifferences() {
        Map<String, Config> found = settings();
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec spec : specs) {
            differences.addAll(differences(spec, require(found, spec.name())));
        }
        return differences;
    }

    private List<Difference> differences(TopicSpec spec, Config config) {
        return differences(spec, config, admin.bootstrapServers());
    }

    /** What of a topic's settings is not as it must be. */
    static List<Difference> differences(TopicSpec spec, Config config, String bootstrapServers) {
        List<Difference> differences = new ArrayList<>();
        for (String setting : new TreeSet<>(spec.enforced())) {
            String expected = require(spec.settings(), setting);
            String actual = valueOf(config.get(setting));
            if (!expected.equals(actual)) {
                differences.add(settingDifference(spec, setting, expected, expected, actual, bootstrapServers));
            }
        }
        new TreeMap<>(spec.atLeast()).forEach((setting, least) -> {
            String actual = valueOf(config.get(setting));
            if (isLess(actual, least)) {
                String wanted = spec.settings().getOrDefault(setting, Long.toString(least));
                differences.add(
                        settingDifference(spec, setting, "at least " + least, wanted, actual, bootstrapServers));
            }
        });
        return differences;
    }

    private static boolean isLess(String value, long least) {
        try {
            long number = Long.parseLong(value);
            return number != WITHOUT_BOUND && number < least;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Map<String, Config> settings() {
        List<ConfigResource> resources = specs.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .collect(Collectors.toList());
        Map<String, Config> found = new TreeMap<>();
        admin.callUntilKnown(
                        "read the settings of the topics",
                        kafka -> kafka.describeConfigs(resources).all())
                .forEach((resource, config) -> found.put(resource.name(), config));
        return found;
    }

    private static Difference settingDifference(
            TopicSpec spec, String setting, String expected, String wanted, String found, String bootstrapServers) {
        String fix = "kafka-configs.sh --bootstrap-server " + bootstrapServers
                + " --alter --entity-type topics --entity-name " + spec.name() + " --add-config " + setting + "="
                + wanted;
        return new Difference(spec.name(), setting, expected, found, spec.reason(), fix);
    }

    /** Partitions cannot be taken away, and added ones would tear a limit's events apart: only an empty topic is fixed. */
    private Difference partitionDifference(int commands, int events) {
        return new Difference(
                LedgerTopics.EVENTS,
                "partitions",
                commands + ", as many as " + LedgerTopics.COMMANDS + " has",
                Integer.toString(events),
                "The events of a limit lie in the partition of its commands.",
                "as long as nothing was decided, kafka-topics.sh --bootstrap-server " + admin.bootstrapServers()
                        + " --delete --topic " + LedgerTopics.EVENTS
                        + ", and start again; else restore the commands topic with " + events + " partitions");
    }

    private static String valueOf(@Nullable ConfigEntry entry) {
        return entry == null || entry.value() == null ? "nothing" : entry.value();
    }

    private static <V> V require(Map<String, V> map, String key) {
        V value = map.get(key);
        if (value == null) {
            throw new TopicSetupException("Expected to be told about " + key + ", but was told about " + map.keySet());
        }
        return value;
    }
}
