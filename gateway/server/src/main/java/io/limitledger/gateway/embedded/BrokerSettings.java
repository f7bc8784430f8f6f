package io.limitledger.gateway.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How the embedded broker differs from Kafka's defaults, each setting with its reason beside it. */
final class BrokerSettings {
    static final String HOST = "127.0.0.1";
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    static Map<String, String> of(Path logDir, Ports ports) {
        Map<String, String> settings = new LinkedHashMap<>();
        addIdentity(settings, logDir, ports);
        addSingleNode(settings);
        addElections(settings);
        addTransactions(settings);
        addBounds(settings);
        addStorage(settings);
        return settings;
    }

    /** The same for a broker that asks everyone for a sign-in, on each of its listeners. */
    static Map<String, Object> secured(Path logDir, Ports ports, BrokerUsers users) {
        Map<String, Object> settings = new LinkedHashMap<>(of(logDir, ports));
        String broker = "SERVER://" + HOST + ":" + ports.broker();
        String others = ports.users() == 0 ? "" : ",USERS://" + HOST + ":" + ports.users();
        settings.put(
                "listeners", broker + others + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + ports.controller());
        settings.put("advertised.listeners", broker + others);
        settings.put("inter.broker.listener.name", "SERVER");
        settings.put(
                "listener.security.protocol.map",
                "SERVER:SASL_PLAINTEXT,USERS:SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", BrokerUsers.MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", BrokerUsers.MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", BrokerUsers.MECHANISM);
        addSignIn(settings, "SERVER", users.serverSignIn(), BrokerSignIn.OfServer.class);
        addSignIn(settings, CONTROLLER_LISTENER, users.serverSignIn(), BrokerSignIn.OfServer.class);
        addSignIn(
                settings,
                "USERS",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                BrokerSignIn.OfOthers.class);
        settings.put("authorizer.class.name", BrokerAuthorizer.class.getName());
        settings.put(BrokerUsers.SETTING, users);
        return settings;
    }

    private static void addSignIn(
            Map<String, Object> settings, String listener, String client, Class<? extends BrokerSignIn> server) {
        String prefix = ("listener.name." + listener + "." + BrokerUsers.MECHANISM + ".").toLowerCase(Locale.ROOT);
        settings.put(prefix + "sasl.jaas.config", client);
        settings.put(prefix + "sasl.server.callback.handler.class", server.getName());
    }

    private static void addIdentity(Map<String, String> settings, Path logDir, Ports ports) {
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("process.roles", "broker,controller");
        settings.put("log.dirs", logDir.toString());
        // Nobody else on the network: there is neither encryption nor a password here.
        settings.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + ports.broker() + ",CONTROLLER://" + HOST + ":" + ports.controller());
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + ports.broker());
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        // The one voter, under the port of this start: the data keeps the node's id only, so the port may change.
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller());
        // A mistyped topic must be an error, not a new topic with default settings.
        settings.put("auto.create.topics.enable", "false");
    }

    /** One broker: every internal topic with one replica, and few partitions, since each costs files and start-up time. */
    private static void addSingleNode(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // The ledger's position in the log must never be forgotten, not even after a year switched off, or it begins
        // anew (default: seven days).
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    }

    /**
     * The one broker leads everything, and is never to lose that while it runs: nothing could take its place.
     *
     * <p>With Kafka's default it would. A process that gets no processor for the length of a session is fenced by its own
     * controller, gives up its partitions and gets them back at once. If that happens while the group coordinator loads its
     * state, the coordinator of the second load is declared loaded when the first ends, decides on half of its state,
     * finds that out with its next write ("out of sync with the underlying log"), and loads again, over and over; or it
     * fails and is never loaded again. Kafka 4.3.1 does not compare which load has ended ({@code CoordinatorRuntime.load};
     * it has no issue of its own; KAFKA-18137 was the same in the transaction coordinator, KAFKA-16770 added the reload).
     */
    private static void addElections(Map<String, String> settings) {
        // As long as Kafka can count, 24 days: then a session ends only with the process. The next start does not wait
        // for
        // it, see KafkaNode.
        settings.put("broker.session.timeout.ms", Integer.toString(Integer.MAX_VALUE));
        // Each is a request and a wake-up of four threads; only a start and a stop wait for them.
        settings.put("broker.heartbeat.interval.ms", "1000");
        // No other controller has to hear that this one lives (default: a record every 500 ms).
        settings.put("metadata.max.idle.interval.ms", "0");
        // The first member of a group need not wait for others.
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    private static void addTransactions(Map<String, String> settings) {
        // After a commit the first write of the next transaction waits this long: it was the tail of all latency
        // (default: 20 ms).
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        // A transaction left open by a crash holds up its partitions until their next owner ends it. Should that
        // fail, until it has timed out and the broker has looked (default: every 10 s); not sooner than the broker
        // leads
        // its own partitions again after a start: a coordinator that knows no leader takes the topic for deleted,
        // writes no marker, and the transaction stays open for ever.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "4000");
        // A producer of commands that leaves a transaction open holds up its partition for as long as it has asked for
        // (default: up to 15 min). Kafka Streams asks for 10 s by default; others must do so.
        settings.put("transaction.max.timeout.ms", "10000");
    }

    /** One user, two cores, a small heap: few threads, small buffers, and no request that could fill the heap. */
    private static void addBounds(Map<String, String> settings) {
        // Of the first two the controller has as many again.
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "1");
        settings.put("group.coordinator.threads", "1");
        settings.put("group.coordinator.background.threads", "1");
        settings.put("share.coordinator.threads", "1");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.threads", "1");
        // 150,000 keys for each round of compaction; more keys take more rounds (default: 128 MB).
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        // A request is read into memory before it is judged (default: 100 MB). One record may have 1 MB anyway.
        settings.put("socket.request.max.bytes", "16777216");
    }

    /** Small segments: after kill -9 the newest segment of each partition is read again, and only older ones compact. */
    private static void addStorage(Map<String, String> settings) {
        settings.put("log.segment.bytes", "67108864");
        // Read from the beginning at each start before any group or transaction is served. The least that Kafka allows,
        // since all but the newest segment shrink to a record for each key.
        settings.put("offsets.topic.segment.bytes", InternalTopics.SEGMENT_BYTES);
        settings.put("transaction.state.log.segment.bytes", InternalTopics.SEGMENT_BYTES);
        // Enough for the index of such a segment; it is allocated ahead (default: 10 MB, twice for each partition).
        settings.put("log.index.size.max.bytes", "1048576");
    }
}
