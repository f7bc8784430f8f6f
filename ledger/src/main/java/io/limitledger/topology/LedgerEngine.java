package io.limitledger.topology;

import io.limitledger.client.LocalAskers;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.topics.ClientDefaults;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topology.LedgerProcessor.Surroundings;
import io.limitledger.wire.LedgerSigner;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** One instance of the ledger: runs the topology until it is closed. */
public final class LedgerEngine implements AutoCloseable {
    /** A clean close commits, so that the next start decides nothing again, and lets others take over at once. */
    private static final CloseOptions CLOSE = CloseOptions.timeout(Duration.ofSeconds(10))
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);

    private final KafkaOutbox outbox;
    private final PublishedKeys keys;
    private final KafkaStreams streams;
    private final Admin admin;
    private final Restoration restoration;
    private final ThreadReplacement threads;

    private LedgerEngine(
            KafkaOutbox outbox,
            PublishedKeys keys,
            KafkaStreams streams,
            Admin admin,
            Restoration restoration,
            ThreadReplacement threads) {
        this.threads = threads;
        this.outbox = outbox;
        this.keys = keys;
        this.streams = streams;
        this.admin = admin;
        this.restoration = restoration;
    }

    /**
     * Starts in the background; {@link #isRunning()} tells when it decides.
     *
     * @param local those who ask from the same process
     */
    public static LedgerEngine start(
            LedgerSettings settings, PartitionCounts partitions, LocalAskers local, LedgerMetrics metrics) {
        return start(settings, partitions, local, metrics, RuleBook.OURS.newest());
    }

    /** The same, with other rules than the newest. */
    public static LedgerEngine start(
            LedgerSettings settings,
            PartitionCounts partitions,
            LocalAskers local,
            LedgerMetrics metrics,
            Rules rules) {
        LedgerSigner signer = LedgerSigner.create();
        PublishedKeys keys = new PublishedKeys(settings.clientProperties());
        KafkaOutbox outbox = new KafkaOutbox(settings.clientProperties(), partitions.replies(), local, metrics, signer);
        Surroundings surroundings =
                new Surroundings(partitions.commands(), outbox, metrics, rules, settings.replyTopics(), keys);
        KafkaStreams streams =
                new KafkaStreams(LedgerTopology.build(surroundings, settings.stateOnDisk()), settings.streams());
        Admin admin = Admin.create(ClientDefaults.with(settings.clientProperties()));
        ThreadReplacement threads = new ThreadReplacement();
        streams.setUncaughtExceptionHandler(threads);
        Restoration restoration = new Restoration(new OrphanedTransactions(admin));
        streams.setGlobalStateRestoreListener(restoration);
        new Predecessor(admin, LedgerTopology.APPLICATION_ID, settings.clientId()).remove();
        streams.start();
        return new LedgerEngine(outbox, keys, streams, admin, restoration, threads);
    }

    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    public State state() {
        return streams.state();
    }

    /** For the metrics of Kafka Streams. */
    public KafkaStreams streams() {
        return streams;
    }

    /** A right that Kafka denies it, in words; null if it has what it needs. */
    public @Nullable String denied() {
        return threads.denied();
    }

    /** How far the state of its partitions has been read back. */
    public Restoration restoration() {
        return restoration;
    }

    /** For the metrics of the producer of replies and ticks. */
    public KafkaOutbox outbox() {
        return outbox;
    }

    /**
     * The same as {@link #close()}.
     *
     * @return whether all its threads have ended in time; if not, no other engine can start on its directory in this process
     */
    public boolean stop() {
        boolean ended = streams.close(CLOSE);
        admin.close(Duration.ZERO);
        outbox.close();
        keys.close();
        return ended;
    }

    @Override
    public void close() {
        stop();
    }
}
