package io.limitledger.core.state;

/**
 * Where the answer to a command goes. A waiter keeps it, because the answer to a queued acquire is found while some
 * other command is decided.
 *
 * @param topic the topic that replies are sent to
 * @param partition its partition
 * @param key the asker's id, which becomes the key of the reply
 * @param correlationId what ties the reply to its command; chosen by the asker
 * @param rules version of the rules whose replies it can read; 0 if it did not say, and so those of version 2
 */
public record Asker(String topic, int partition, String key, String correlationId, int rules) {
    /** One that reads the replies of version 2. */
    public Asker(String topic, int partition, String key, String correlationId) {
        this(topic, partition, key, correlationId, 0);
    }

    /** Whether both are the same process. */
    public boolean isSameAs(Asker other) {
        return topic.equals(other.topic) && key.equals(other.key);
    }
}
