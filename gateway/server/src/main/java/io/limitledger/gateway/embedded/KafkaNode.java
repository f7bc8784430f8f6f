package io.limitledger.gateway.embedded;

import io.limitledger.gateway.machine.LocalDigits;
import io.limitledger.gateway.machine.PrivateFiles;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka controller and a Kafka broker, assembled from Kafka's own parts: the only two nodes of their cluster.
 *
 * <p>Kafka has no public API for this. Every class of Kafka that is not part of its API is used in this file and nowhere
 * else, so that an upgrade of Kafka can break one file only. {@code KafkaRaftServer} assembles the same parts, but does
 * not let anything happen between the start of the controller and that of the broker, where this class
 * {@linkplain #forgetFormerBroker forgets the broker of the former start}.
 */
final class KafkaNode implements AutoCloseable {
    /** The same for every directory: Kafka refuses to open data that carries another id than the configured one. */
    private static final String CLUSTER_ID = "TGltaXRMZWRnZXJFbWJkZA";

    /** Only this process votes, so its controller is in charge within milliseconds; more shows a fault. */
    private static final long CONTROLLER_MILLIS = Duration.ofSeconds(60).toMillis();

    private static final long LOOK_AGAIN_MILLIS = 10;

    private final ControllerServer controller;
    private final BrokerServer broker;

    private KafkaNode(ControllerServer controller, BrokerServer broker) {
        this.controller = controller;
        this.broker = broker;
    }

    /**
     * Returns when clients can connect. A start that fails leaves no thread and no open file.
     *
     * @param settings those of {@link BrokerSettings} for the same directory and ports
     * @param isRestore whether a restore follows, so that logs are cut off where they are damaged
     */
    static KafkaNode start(Path logDir, Ports ports, Map<String, ?> settings, Time time, boolean isRestore)
            throws Exception {
        format(logDir, isRestore);
        LocalDigits.replace(logDir);
        KafkaNode node = assemble(logDir, ports, settings, time);
        try {
            node.controller.startup();
            node.forgetFormerBroker();
            PartitionIds.check(logDir, node.topicIds());
            node.broker.startup();
            return node;
        } catch (Exception | Error e) {
            node.close();
            throw e;
        }
    }

    /**
     * Prepares an empty directory for Kafka; leaves one that has data as it is.
     *
     * <p>The feature levels are written once. Data of an older Kafka keeps its levels after an upgrade.
     */
    private static void format(Path logDir, boolean isRestore) throws Exception {
        PrivateFiles.createFolderWithin(logDir);
        DataFiles.check(logDir, CLUSTER_ID, isRestore);
        new Formatter()
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(CLUSTER_ID)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static KafkaNode assemble(Path logDir, Ports ports, Map<String, ?> settings, Time time) throws Exception {
        KafkaConfig config = new KafkaConfig(settings, false);
        SharedServer shared = new SharedServer(
                config,
                properties(logDir),
                time,
                Server.initializeMetrics(config, time, CLUSTER_ID),
                CompletableFuture.completedFuture(Map.of(
                        BrokerSettings.NODE_ID,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.controller()))),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        ControllerServer controller = new ControllerServer(
                shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(logDir.toString()).read());
        return new KafkaNode(controller, new BrokerServer(shared));
    }

    private static MetaPropertiesEnsemble properties(Path logDir) throws Exception {
        MetaPropertiesEnsemble properties = new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(logDir.toString())
                .addLogDirs(List.of(logDir.toString()))
                .load();
        properties.verify(
                Optional.of(CLUSTER_ID),
                OptionalInt.of(BrokerSettings.NODE_ID),
                EnumSet.of(VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID, VerificationFlag.REQUIRE_METADATA_LOG_DIR));
        return properties;
    }

    /**
     * Removes the registration of the broker that used the directory before. After {@code kill -9} the controller would
     * take that one for alive until its session is over, and refuse the new one; but the directory is locked, so it is
     * gone. That is why the session can be as long as it must be, see {@link BrokerSettings}.
     */
    private void forgetFormerBroker() throws Exception {
        try {
            ask(() -> controller.controller().unregisterBroker(request(), BrokerSettings.NODE_ID));
        } catch (BrokerIdNotRegisteredException e) {
            // The first start, or the former one was stopped.
        }
    }

    private Map<String, Uuid> topicIds() throws Exception {
        return ask(() -> controller.controller().findAllTopicIds(request()));
    }

    private static ControllerRequestContext request() {
        return new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    }

    /** An answer of the controller; asked again as long as it is not in charge yet. */
    private static <T> T ask(Supplier<CompletableFuture<T>> question) throws Exception {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONTROLLER_MILLIS);
        while (System.nanoTime() < untilNanos) {
            try {
                return question.get().get(CONTROLLER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof NotControllerException)) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
        throw new IllegalStateException("its controller did not take charge within " + CONTROLLER_MILLIS / 1000 + " s");
    }

    /** Returns when the files are closed. The broker first: it reports to the controller that it goes. */
    @Override
    public void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
