package io.limitledger.gateway.stack;

import io.limitledger.client.ClientSettings;
import io.limitledger.client.LedgerClient;
import io.limitledger.client.LocalAskers;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.gateway.embedded.EmbeddedBroker;
import io.limitledger.gateway.embedded.StampingBroker;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsSetup;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A broker with the ledger's topics, and as many ledgers and clients as a test starts on it. Closing it closes them all,
 * the broker last.
 */
public final class EmbeddedStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Those of the pages, and those that tests make. */
    private static final ReplyTopics REPLY_TOPICS =
            ReplyTopics.of(List.of("*-replies", "replies-of-*", "no-such-topic"));

    private final Path directory;
    private final EmbeddedBroker broker;
    private final PartitionCounts partitions;
    private final Rules rules;
    private final CountingMetrics metrics = new CountingMetrics();
    private final LocalAskers local = new LocalAskers();
    private final Map<String, LedgerEngine> ledgers = new LinkedHashMap<>();
    private final Deque<LedgerClient> clients = new ArrayDeque<>();

    private EmbeddedStack(Path directory, EmbeddedBroker broker, PartitionCounts partitions, Rules rules) {
        this.directory = directory;
        this.broker = broker;
        this.partitions = partitions;
        this.rules = rules;
    }

    /** Starts the broker and makes the topics; no ledger runs yet. */
    public static EmbeddedStack start(Path directory) {
        return start(directory, EmbeddedBroker.start(directory.resolve("broker"), 0), RuleBook.OURS.newest());
    }

    /** The same, before a restore: logs are cut off where they are damaged. */
    static EmbeddedStack startForRestore(Path directory) {
        return start(directory, EmbeddedBroker.startForRestore(directory.resolve("broker"), 0), RuleBook.OURS.newest());
    }

    /** The same, with commands stamped by a clock of the test's; leases run out by it, however it jumps. */
    public static EmbeddedStack start(Path directory, Clock stamps) {
        return start(directory, StampingBroker.start(directory.resolve("broker"), stamps), new DeafRules());
    }

    private static EmbeddedStack start(Path directory, EmbeddedBroker broker, Rules rules) {
        PartitionCounts partitions =
                TopicsSetup.ensure(Map.of("bootstrap.servers", broker.bootstrapServers()), LedgerTopics.DEFAULTS);
        return new EmbeddedStack(directory, broker, partitions, rules);
    }

    /** Starts a ledger without waiting for it; started again it is the same instance. */
    public LedgerEngine launchLedger(String instanceId, int threads) {
        return launchLedger(instanceId, threads, LedgerSettings.DEFAULT_SESSION);
    }

    /** The same, with its own time for which the group believes in it. */
    public LedgerEngine launchLedger(String instanceId, int threads, Duration session) {
        LedgerSettings settings = new LedgerSettings(
                clientProperties(),
                directory.resolve("ledger-" + instanceId),
                instanceId,
                threads,
                0,
                false,
                session,
                REPLY_TOPICS);
        LedgerEngine ledger = LedgerEngine.start(settings, partitions, local::deliver, metrics, rules);
        ledgers.put(instanceId, ledger);
        return ledger;
    }

    /** Starts a ledger and returns when it decides. */
    public LedgerEngine startLedger(String instanceId) {
        LedgerEngine ledger = launchLedger(instanceId, 2);
        Awaitility.await().atMost(PATIENCE).until(ledger::isRunning);
        return ledger;
    }

    public void stopLedger(String instanceId) {
        LedgerEngine ledger = ledgers.remove(instanceId);
        if (ledger != null) {
            ledger.close();
        }
    }

    /** Starts a client and returns when it can receive answers. */
    public LedgerClient startClient() {
        return startClient(ClientSettings.DEFAULT_TIMEOUT, ClientSettings.DEFAULT_MAX_IN_FLIGHT);
    }

    public LedgerClient startClient(Duration timeout, int maxInFlight) {
        return await(LedgerClient.start(new ClientSettings(clientProperties(), partitions, timeout, maxInFlight)));
    }

    /** The same, answered in memory by the ledgers of this stack. */
    public LedgerClient startLocalClient() {
        return await(LedgerClient.start(ClientSettings.of(clientProperties(), partitions), local));
    }

    private LedgerClient await(LedgerClient client) {
        clients.push(client);
        Awaitility.await().atMost(PATIENCE).until(client::isReady);
        return client;
    }

    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Where the ledgers of this stack find those who ask from this process. */
    public LocalAskers local() {
        return local;
    }

    public PartitionCounts partitions() {
        return partitions;
    }

    /** Of all ledgers together. */
    public CountingMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        clients.forEach(LedgerClient::close);
        ledgers.values().forEach(LedgerEngine::close);
        broker.close();
    }
}
