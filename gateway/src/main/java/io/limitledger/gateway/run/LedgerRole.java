package io.limitledger.gateway.run;

import io.limitledger.client.LocalAskers;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.metrics.LedgerMeters;
import io.limitledger.gateway.metrics.Meters;
import io.limitledger.topics.PartitionCounts;
import io.limitledger.topology.LedgerEngine;
import io.limitledger.topology.LedgerSettings;
import io.limitledger.topology.ReplyTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The ledger of a process: one instance of the topology, with its directory and its meters. */
public final class LedgerRole implements AutoCloseable {
    private final InstanceDirectory directory;
    private final LedgerEngine engine;

    private LedgerRole(InstanceDirectory directory, LedgerEngine engine) {
        this.directory = directory;
        this.engine = engine;
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
     * Starts in the background; {@link #isReady()} tells when it decides.
     *
     * @param local those who ask from the same process
     */
    public static LedgerRole start(
            Options options,
            Map<String, Object> clientProperties,
            PartitionCounts partitions,
            LocalAskers local,
            Meters meters) {
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
        LedgerEngine engine = LedgerEngine.start(settings, partitions, local, new LedgerMeters(meters.registry()));
        meters.watch(engine.streams());
        meters.watch(engine.outbox().producer());
        return new LedgerRole(directory, engine);
    }

    public boolean isReady() {
        return engine.isRunning();
    }

    /** For those who ask over HTTP. */
    public List<Readiness.Part> readiness() {
        return List.of(new Readiness.Part("ledger", isReady(), "the ledger is " + state()));
    }

    public String state() {
        return engine.state().toString();
    }

    @Override
    public void close() {
        engine.close();
        directory.close();
    }
}
