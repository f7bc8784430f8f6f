package io.limitledger.topology;

import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.LedgerTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How to run the ledger, and what that means for Kafka Streams. Each setting has its reason beside it.
 *
 * @param clientProperties how to reach Kafka: {@code bootstrap.servers}, and whatever else a client needs
 * @param stateDirectory for what Kafka Streams keeps locally
 * @param instanceId the same at each start of this instance, and different from every other's
 * @param threads stream threads; more than there are partitions of commands stay idle
 * @param standbys instances that follow the state of another, to take over at once
 * @param stateOnDisk keep the records in RocksDB instead of the heap: for state that does not fit it
 * @param session how long an instance that is not heard of keeps its partitions
 * @param replyTopics to which replies go
 */
public record LedgerSettings(
        Map<String, Object> clientProperties,
        Path stateDirectory,
        String instanceId,
        int threads,
        int standbys,
        boolean stateOnDisk,
        Duration session,
        ReplyTopics replyTopics) {

    /** The shortest that brokers allow unless {@code group.min.session.timeout.ms} tells them otherwise. */
    public static final Duration DEFAULT_SESSION = Duration.ofSeconds(6);

    /** How soon an instance hears that another has come or gone; a third of the shortest session that is allowed. */
    private static final int HEARTBEAT_MILLIS = 300;

    /** The same for Kafka Streams. */
    public Properties streams() {
        Properties settings = new Properties();
        settings.putAll(ClientDefaults.with(clientProperties));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, LedgerTopics.GROUP);
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, clientId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
        // Events and state move together with the position in the log, or not at all.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // For what nobody waits for, so that a ledger that only counts its heartbeats writes little. What auditors wait
        // for is committed sooner, see CommitPace. Bounds what is decided again after a crash.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 5_000);
        // The timer runs between two polls, and LedgerClients ends a poll when it is due. The rest is Kafka Streams'
        // own work, and noticing that the thread shall end.
        settings.put(StreamsConfig.POLL_MS_CONFIG, 100);
        // There is no other topic to wait for, and to say so for each record costs a good deal.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // As the brokers say: one broker has one replica, a cluster three.
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        consumer(settings);
        producer(settings);
        return settings;
    }

    /** Under which the group and the metrics know the instance. */
    String clientId() {
        return LedgerTopics.GROUP + "-" + instanceId;
    }

    private void consumer(Properties settings) {
        settings.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), Math.toIntExact(session.toMillis()));
        settings.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), heartbeatMillis());
        // So long a rebalance may wait for a member that is there no more; the default is five minutes. Whoever takes
        // this long between two polls has lost its transaction long ago.
        settings.put(consumer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), 20_000);
        // A new ledger decides every command that is there.
        settings.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    }

    /** Several for each session, also where the client's properties name an interval of their own. */
    private int heartbeatMillis() {
        Object named = clientProperties.getOrDefault(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        return Math.toIntExact(Math.min(Long.parseLong(named.toString()), session.toMillis() / 3));
    }

    private static void producer(Properties settings) {
        // Only those wait for events and state who read what they wrote. What gathers for a moment goes out in one
        // request, instead of several for each decision. Streams' own default is 100 ms.
        settings.put(producer(ProducerConfig.LINGER_MS_CONFIG), 5);
        // What a busy poll leaves behind fits, so that it waits for nothing but that moment.
        settings.put(producer(ProducerConfig.BATCH_SIZE_CONFIG), 65_536);
        // Events are kept for ever, and repeat the names of their fields and of their limit: lz4 makes a quarter of
        // them. An operator may choose another, or none.
        if (!settings.containsKey(ProducerConfig.COMPRESSION_TYPE_CONFIG)) {
            settings.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        }
        // One at a time: at the beginning of a transaction a second request overtakes the first while the broker is
        // still adding the partition, and is refused and sent again. And what gathers meanwhile goes in one request.
        settings.put(producer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        // A rejected record is as large as it came, and carries its reason besides.
        settings.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2_000_000);
        // Twice the commit interval, so that a ledger that is short of processor time does not lose what it has done.
        // Ends what a crashed instance left open, should nobody take its partitions over.
        settings.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    }

    private static String consumer(String setting) {
        return StreamsConfig.consumerPrefix(setting);
    }

    private static String producer(String setting) {
        return StreamsConfig.producerPrefix(setting);
    }
}
