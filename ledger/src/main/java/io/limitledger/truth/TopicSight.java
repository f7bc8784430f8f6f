package io.limitledger.truth;

/** Looks at the topics of a partition. */
@FunctionalInterface
public interface TopicSight {
    /**
     * What they say now.
     *
     * @throws org.apache.kafka.common.KafkaException if they cannot be read
     */
    Sight look(int partition);
}
