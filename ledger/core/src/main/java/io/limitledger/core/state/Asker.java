package io.limitledger.core.state;

/**
 * Where the answer to a command goes. A waiter keeps it, because the answer to a queued acquire is found while some
 * other command is decided.
 *
 * @param topic the topic that replies are sent to
 * @param partition its partition
 * @param key the asker's id, which becomes the key of the reply
 * @param correlationId what ties the reply to its command; chosen by the asker
 */
public record Asker(String topic, int partition, String key, String correlationId) {
    /** Whether both are the same process. */
    public boolean isSameAs(Asker other) {
        return topic.equals(other.topic) && key.equals(other.key);
    }
}
