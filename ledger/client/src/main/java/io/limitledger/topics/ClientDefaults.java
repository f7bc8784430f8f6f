package io.limitledger.topics;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What all Kafka clients of the ledger begin with, unless the operator's settings say otherwise. */
public final class ClientDefaults {
    /**
     * A broker that is killed with its machine does not hang up. What was sent to it is sent again elsewhere after this;
     * Kafka's own default is 30 s. Above what a busy broker takes: it lets readers wait up to two seconds for something to read.
     */
    public static final int REQUEST_MILLIS = 3_000;

    /** The same for connecting to it; Kafka's own defaults are 10 and 30 s. */
    private static final int CONNECT_MILLIS = 1_000;

    private static final int LONGEST_CONNECT_MILLIS = 3_000;

    private ClientDefaults() {}

    /** Settings to be added to, with those of the user. */
    public static Map<String, Object> with(Map<String, Object> clientProperties) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECT_MILLIS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, LONGEST_CONNECT_MILLIS);
        settings.putAll(clientProperties);
        return settings;
    }

    /** Those of a consumer that reads from the beginning, joins no group and makes no topic; keys and values are bytes. */
    public static Map<String, Object> ofReader(Map<String, Object> clientProperties, IsolationLevel isolation) {
        Map<String, Object> settings = with(clientProperties);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }
}
