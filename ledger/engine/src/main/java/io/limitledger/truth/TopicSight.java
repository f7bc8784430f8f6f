package io.limitledger.truth;

import org.jspecify.annotations.Nullable;

/** Looks at the topics of a partition. */
@FunctionalInterface
public interface TopicSight {
    /**
     * What they say now.
     *
     * @param ledger id of the key that must have been published; null if none
     * @throws org.apache.kafka.common.KafkaException if they cannot be read
     */
    Sight look(int partition, @Nullable String ledger);
}
