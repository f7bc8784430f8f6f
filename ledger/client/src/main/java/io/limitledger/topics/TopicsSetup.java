package io.limitledger.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Makes the topics that are missing, and verifies all of them against the table.
 *
 * <p>Every process does this at its start, so none depends on another having been there first. Two that do it at once do
 * no harm: the second process finds the topic, and verifies it like any other.
 */
public final class TopicsSetup {

    /** Long enough for a cluster that is just starting, short enough that a wrong address is noticed. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final BoundedAdmin admin;
    private final Map<String, ?> clientProperties;
    private final LedgerTopics topics;
    private final List<TopicSpec> needed;
    private final TopicsCheck check;

    private TopicsSetup(
            BoundedAdmin admin, Map<String, ?> clientProperties, LedgerTopics topics, List<TopicSpec> needed) {
        this.admin = admin;
        this.clientProperties = clientProperties;
        this.topics = topics;
        this.needed = needed;
        this.check = new TopicsCheck(admin, needed);
    }

    /** As {@link #ensure(Map, LedgerTopics, Duration, Role...)}, with the default time-out. */
    public static PartitionCounts ensure(Map<String, ?> clientProperties, LedgerTopics topics, Role... roles) {
        return ensure(clientProperties, topics, DEFAULT_TIMEOUT, roles);
    }

    /**
     * Returns when every topic is there and as it must be.
     *
     * @param clientProperties how to reach Kafka: {@code bootstrap.servers}, and whatever else a client needs
     * @param timeout for all of it
     * @param roles of the calling process, whose rights are checked before and after topics are made
     * @throws MissingRightsException if Kafka denies a right of these roles
     * @throws TopicMismatchException if a topic differs from the table
     * @throws TopicSetupException if Kafka cannot be reached, or refuses
     */
    public static PartitionCounts ensure(
            Map<String, ?> clientProperties, LedgerTopics topics, Duration timeout, Role... roles) {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, timeout)) {
            RightsCheck rights = new RightsCheck(admin, clientProperties, List.of(roles));
            rights.require();
            TopicsSetup setup = new TopicsSetup(admin, clientProperties, topics, topics.neededBy(List.of(roles)));
            if (setup.makeMissing()) {
                rights.require();
            }
            return setup.check.run();
        }
    }

    /**
     * Returns if this client has all rights of the roles.
     *
     * @param timeout for all of it
     * @throws MissingRightsException if Kafka denies one
     * @throws TopicSetupException if Kafka cannot be reached
     */
    public static void require(Map<String, ?> clientProperties, Duration timeout, Role... roles) {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, timeout)) {
            new RightsCheck(admin, clientProperties, List.of(roles)).require();
        }
    }

    /**
     * The number of partitions of an existing ledger, for a client that has the rights of an {@link Role#AUDITOR} and no
     * others.
     *
     * @param timeout for all of it
     * @throws MissingRightsException if it lacks one of these
     * @throws TopicSetupException if Kafka cannot be reached, or has no such topics
     */
    public static int partitionsToAudit(Map<String, ?> clientProperties, Duration timeout) {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, timeout)) {
            new RightsCheck(admin, clientProperties, List.of(Role.AUDITOR)).require();
            return new TopicsCheck(admin, List.of()).partitionsOf(LedgerTopics.EVENTS, LedgerTopics.COMMANDS);
        } catch (UnknownTopicOrPartitionException e) {
            throw noLedger(clientProperties, e);
        }
    }

    /**
     * Looks at topics that are there, and makes none: for askers, who must not decide how the ledger is cut.
     *
     * @param timeout for all of it
     * @throws TopicSetupException if Kafka cannot be reached, or has no such topics
     */
    public static PartitionCounts find(Map<String, ?> clientProperties, Duration timeout) {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, timeout)) {
            return new TopicsCheck(admin, LedgerTopics.DEFAULTS.all()).partitionCounts();
        } catch (UnknownTopicOrPartitionException e) {
            throw noLedger(clientProperties, e);
        }
    }

    /**
     * Distinguishes the events from those of any other ledger, including one that is made later under the same names.
     *
     * @param timeout for all of it
     * @throws TopicSetupException if Kafka cannot be reached, or has no such topic
     */
    public static String eventsId(Map<String, ?> clientProperties, Duration timeout) {
        try (BoundedAdmin admin = BoundedAdmin.connect(clientProperties, timeout)) {
            return new TopicsCheck(admin, LedgerTopics.DEFAULTS.all()).idOf(LedgerTopics.EVENTS);
        } catch (UnknownTopicOrPartitionException e) {
            throw noLedger(clientProperties, e);
        }
    }

    private static TopicSetupException noLedger(Map<String, ?> clientProperties, Exception reason) {
        return new TopicSetupException(
                "Expected the topics of a ledger at " + clientProperties.get("bootstrap.servers")
                        + ", but there are none; start the ledger first",
                reason);
    }

    /** Whether any was missing. */
    private boolean makeMissing() {
        Set<String> present =
                admin.call("list the topics", kafka -> kafka.listTopics().names());
        boolean hasCommands = present.contains(LedgerTopics.COMMANDS);
        if (!hasCommands) {
            create(List.of(commandsBeside(present)));
        }
        List<TopicSpec> others = othersMissing(present);
        create(others);
        return !hasCommands || !others.isEmpty();
    }

    /** The commands; where the events are there already, with as many partitions as these have. */
    private TopicSpec commandsBeside(Set<String> present) {
        return present.contains(LedgerTopics.EVENTS)
                ? topics.commands().withPartitions(check.partitionsOf(LedgerTopics.EVENTS))
                : topics.commands();
    }

    /** The rest; the events get as many partitions as the commands have. */
    private List<TopicSpec> othersMissing(Set<String> present) {
        List<TopicSpec> missing = new ArrayList<>();
        for (TopicSpec spec : needed) {
            if (spec.name().equals(LedgerTopics.COMMANDS) || present.contains(spec.name())) {
                continue;
            }
            boolean isEvents = spec.name().equals(LedgerTopics.EVENTS);
            missing.add(isEvents ? spec.withPartitions(check.partitionsOf(LedgerTopics.COMMANDS)) : spec);
        }
        return missing;
    }

    private void create(List<TopicSpec> specs) {
        List<NewTopic> newTopics = new ArrayList<>();
        specs.forEach(spec -> newTopics.add(newTopic(spec)));
        Map<String, KafkaFuture<Void>> results = newTopics.isEmpty()
                ? Map.of()
                : admin.start(kafka -> kafka.createTopics(newTopics).values());
        results.forEach(this::awaitCreation);
    }

    private void awaitCreation(String topic, KafkaFuture<Void> result) {
        try {
            admin.call("make the topic " + topic, kafka -> result);
        } catch (TopicExistsException e) {
            // Another process was quicker. What it made is verified like what this one makes.
        } catch (TopicSetupException e) {
            throw e.getCause() instanceof AuthorizationException ? mayNotCreate(topic) : e;
        }
    }

    private MissingRightsException mayNotCreate(String topic) {
        return new MissingRightsException(
                clientProperties,
                List.of(new KafkaRight(
                        ResourceType.TOPIC, topic, AclOperation.CREATE, "make the topic, which does not exist")));
    }

    private NewTopic newTopic(TopicSpec spec) {
        Optional<Short> replicas = topics.replicationFactor() == LedgerTopics.BROKER_DEFAULT
                ? Optional.empty()
                : Optional.of(topics.replicationFactor());
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), replicas).configs(spec.settings());
    }
}
