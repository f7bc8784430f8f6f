package io.limitledger.gateway.process;

import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.metrics.ClockStep;
import io.limitledger.gateway.metrics.LedgerMeters;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topics.TopicsWatch;
import io.limitledger.topology.KafkaOutbox.LocalDelivery;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of a process: one instance of the topology, with its directory, its meters, and who looks after it. */
public final class LedgerRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerRole.class);

    private final InstanceDirectory directory;
    private final LedgerSettings settings;
    private final PartitionCounts partitions;
    private final LocalDelivery local;
    private final Meters meters;
    private final LedgerMeters ledgerMeters;
    private final List<AutoCloseable> watched = new ArrayList<>();
    private final LedgerWatch watch;
    private final TopicsWatch topics;
    private volatile LedgerEngine engine;
    private boolean isClosed;

    private LedgerRole(
            InstanceDirectory directory,
            LedgerSettings settings,
            PartitionCounts partitions,
            LocalDelivery local,
            Meters meters,
            Rescue rescue) {
        this.directory = directory;
        this.settings = settings;
        this.partitions = partitions;
        this.local = local;
        this.meters = meters;
        this.ledgerMeters = new LedgerMeters(meters.registry());
        this.engine = startEngine();
        this.topics = TopicsWatch.start(settings.clientProperties(), partitions.commands());
        this.watch = new LedgerWatch(
                () -> engine,
                settings.clientProperties(),
                ledgerMeters,
                new Watchdog(remedies(rescue), System::nanoTime),
                rescue.restartBroker() != null,
                rescue::end);
    }

    /** How a ledger instance is run; see {@link LedgerSettings}. */
    public record Options(
            Path dataDirectory,
            int threads,
            int standbys,
            boolean stateOnDisk,
            Duration session,
            ReplyTopics replyTopics) {}

    /**
     * Starts in the background; {@link #isRunning()} says when it decides.
     *
     * @param local to clients of the same process
     * @param rescue what else may be done if it is stuck
     */
    public static LedgerRole start(
            Options options,
            Map<String, Object> clientProperties,
            PartitionCounts partitions,
            LocalDelivery local,
            Meters meters,
            Rescue rescue) {
        InstanceDirectory directory = InstanceDirectory.open(options.dataDirectory());
        LedgerSettings settings = new LedgerSettings(
                clientProperties,
                directory.path().resolve("streams"),
                directory.id(),
                options.threads(),
                options.standbys(),
                options.stateOnDisk(),
                options.session(),
                options.replyTopics());
        LedgerRole role = new LedgerRole(directory, settings, partitions, local, meters, rescue);
        role.watch.start();
        return role;
    }

    private LedgerEngine startEngine() {
        LedgerEngine started = LedgerEngine.start(settings, partitions, local, ledgerMeters);
        watched.add(meters.watch(started.streams()));
        watched.add(meters.watch(started.outbox().producer()));
        return started;
    }

    private List<Watchdog.Remedy> remedies(Rescue rescue) {
        List<Watchdog.Remedy> remedies = new ArrayList<>();
        remedies.add(new Watchdog.Remedy("the ledger is started again", () -> restart("ledger", () -> true)));
        Callable<Boolean> broker = rescue.restartBroker();
        if (broker != null) {
            remedies.add(new Watchdog.Remedy(
                    "the broker and the ledger are started again", () -> restart("broker", broker)));
        }
        remedies.add(new Watchdog.Remedy("the process ends", () -> {
            rescue.end("The ledger is stuck, and starting its parts again did not help: it is " + state()
                    + ". The data is safe; start the process again.");
            return true;
        }));
        return remedies;
    }

    /** False if the ledger, or what is to be done while it is stopped, could not be stopped. */
    synchronized boolean restart(String part, Callable<Boolean> meanwhile) throws Exception {
        if (isClosed) {
            return true;
        }
        for (AutoCloseable meter : watched) {
            meter.close();
        }
        watched.clear();
        if (!engine.stop()) {
            LOG.error("The ledger did not stop");
            return false;
        }
        if (!meanwhile.call()) {
            return false;
        }
        engine = startEngine();
        ledgerMeters.restarted(part);
        return true;
    }

    /** Whether it has its partitions and their state, and decides. */
    public boolean isRunning() {
        return engine.isRunning() && engine.differences().isEmpty();
    }

    /** Whether waiting longer is of no use: one sentence for each partition that is not decided; empty if all are. */
    public String difference() {
        return String.join("; ", engine.differences());
    }

    /** Whether a command sent now would be decided in time, as far as was seen in the last second. */
    public boolean isReady() {
        return watch.progress().isReady() && engine.differences().isEmpty();
    }

    /** For those who ask over HTTP. */
    public List<Readiness.Part> readiness() {
        return List.of(
                new Readiness.Part("ledger", isReady(), state()),
                new Readiness.Part("topics", true, topicsInWords()),
                new Readiness.Part("clock", true, clockInWords()));
    }

    /** Whether it is known which topics there were, so that a loss of one is noticed. */
    boolean hasSeenItsTopics() {
        return watch.hasSeenItsTopics();
    }

    /** What differs while it runs is reported and does no harm at once, so requests are answered all the same. */
    private String topicsInWords() {
        List<String> differences = topics.differences();
        return differences.isEmpty() ? "as the ledger needs them" : String.join("; ", differences);
    }

    private String clockInWords() {
        ClockStep step = ledgerMeters.lastClockStep();
        return step == null ? "has not stepped back" : step.words(System.nanoTime());
    }

    /** What it is doing, and how far it has come; or why it does not decide. */
    public String state() {
        String difference = difference();
        if (!difference.isEmpty()) {
            return difference;
        }
        List<String> stalled = engine.stalled();
        return watch.progress().words() + (stalled.isEmpty() ? "" : ": " + String.join("; ", stalled));
    }

    @Override
    public void close() {
        topics.close();
        watch.close();
        closeEngine();
        directory.close();
    }

    private synchronized void closeEngine() {
        isClosed = true;
        engine.close();
    }
}
