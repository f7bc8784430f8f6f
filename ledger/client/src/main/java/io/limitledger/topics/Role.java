package io.limitledger.topics;

import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a process does with Kafka, and the rights that it needs for that: the one table, which the start-up check, the
 * watch and the tests read.
 *
 * <p>Not in it, since Kafka tells no client whether it has them: CREATE on the topics for whichever process starts first,
 * and WRITE on the transactional ids that begin with {@code limit-ledger-} for a ledger, and on {@code limit-ledger-access} for a
 * gatekeeper. A ledger without the second is refused when its first thread starts, a gatekeeper when it changes something.
 */
public enum Role {
    /** Decides commands. */
    LEDGER(
            topic(LedgerTopics.COMMANDS, AclOperation.READ, "read commands"),
            topic(LedgerTopics.COMMANDS, AclOperation.WRITE, "send ticks and heartbeats"),
            topic(LedgerTopics.COMMANDS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.EVENTS, AclOperation.READ, "compare its state with the last events"),
            topic(LedgerTopics.EVENTS, AclOperation.WRITE, "write events"),
            topic(LedgerTopics.EVENTS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.REPLIES, AclOperation.WRITE, "answer commands"),
            topic(LedgerTopics.REPLIES, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.REJECTED, AclOperation.WRITE, "keep rejected commands"),
            topic(LedgerTopics.REJECTED, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.LEDGERS, AclOperation.READ, "know the keys of other ledgers"),
            topic(LedgerTopics.LEDGERS, AclOperation.WRITE, "publish its key"),
            topic(LedgerTopics.LEDGERS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.CHANGELOG, AclOperation.READ, "restore its state"),
            topic(LedgerTopics.CHANGELOG, AclOperation.WRITE, "keep its state"),
            new KafkaRight(
                    ResourceType.GROUP,
                    LedgerTopics.GROUP,
                    AclOperation.READ,
                    "share the partitions with other ledgers")),

    /** Turns HTTP requests into commands. */
    GATEWAY(
            topic(LedgerTopics.COMMANDS, AclOperation.WRITE, "send commands"),
            topic(LedgerTopics.COMMANDS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.EVENTS, AclOperation.READ, "show events"),
            topic(LedgerTopics.EVENTS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.REPLIES, AclOperation.READ, "receive the answers to its commands"),
            topic(LedgerTopics.REPLIES, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.REJECTED, AclOperation.DESCRIBE, "see that the topic exists"),
            topic(LedgerTopics.REJECTED, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.LEDGERS, AclOperation.DESCRIBE, "see that the topic exists"),
            topic(LedgerTopics.LEDGERS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings"),
            topic(LedgerTopics.CHANGELOG, AclOperation.READ, "show the live state")),

    /** Knows who may ask a gateway for what, and changes it: a gateway with authentication, and its operator. */
    GATEKEEPER(
            topic(LedgerTopics.ACCESS, AclOperation.READ, "know tokens and rights"),
            topic(LedgerTopics.ACCESS, AclOperation.WRITE, "change tokens and rights"),
            topic(LedgerTopics.ACCESS, AclOperation.DESCRIBE_CONFIGS, "check the topic's settings")),

    /** Decides the retained commands again and compares. */
    AUDITOR(
            topic(LedgerTopics.COMMANDS, AclOperation.READ, "decide the commands again"),
            topic(LedgerTopics.EVENTS, AclOperation.READ, "read the events"),
            topic(LedgerTopics.LEDGERS, AclOperation.READ, "know commands of ledgers from those of others"),
            topic(LedgerTopics.CHANGELOG, AclOperation.READ, "compare the events with the live state")),

    /** Writes commands, and is answered on a topic of its own, which it needs READ on as well. */
    PRODUCER(topic(LedgerTopics.COMMANDS, AclOperation.WRITE, "send commands")),

    /** Holds slots with the Java client over Kafka, which is answered where gateways are. */
    HOLDER(
            topic(LedgerTopics.COMMANDS, AclOperation.WRITE, "send commands"),
            topic(LedgerTopics.REPLIES, AclOperation.READ, "receive the answers to its commands"));

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it, and it cannot be changed.
    private final List<KafkaRight> rights;

    Role(KafkaRight... rights) {
        this.rights = List.of(rights);
    }

    public List<KafkaRight> rights() {
        return rights;
    }

    private static KafkaRight topic(String name, AclOperation operation, String purpose) {
        return new KafkaRight(ResourceType.TOPIC, name, operation, purpose);
    }
}
