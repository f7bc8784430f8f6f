package io.limitledger.gateway.embedded;

import io.limitledger.gateway.start.DirectoryLock;
import io.limitledger.gateway.start.LocalDigits;
import io.limitledger.gateway.start.StartException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker, with its controller, inside this process: what makes {@code serve} work with nothing else installed.
 *
 * <p>Kafka has no public API for this. Every class of Kafka that is not part of its API is used in this file and nowhere
 * else, so that an upgrade of Kafka can break one file only.
 *
 * <p>The broker listens on 127.0.0.1 alone and has no replicas. It survives {@code kill -9} of this process without
 * losing an acknowledged record; it does not call {@code fsync}, so a power failure may cost the last seconds. Who needs
 * more than that runs a cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The same for every directory: Kafka refuses to open data that carries another id than it was told to expect. */
    private static final String CLUSTER_ID = "TGltaXRMZWRnZXJFbWJkZA";

    private final Path dataDir;
    private final int port;
    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(Path dataDir, int port, KafkaRaftServer server, DirectoryLock lock) {
        this.dataDir = dataDir;
        this.port = port;
        this.server = server;
        this.lock = lock;
    }

    /**
     * Opens the data in a directory, or begins it there, and returns when clients can connect.
     *
     * @param port where clients connect; 0 for any free port, which then differs from start to start
     * @throws StartException if the directory or the port is in use, or cannot be used; its message is fit for a user
     */
    public static EmbeddedBroker start(Path dataDir, int port) {
        return start(dataDir, port, Time.SYSTEM);
    }

    /** With another time than the system's, for tests. */
    static EmbeddedBroker start(Path dataDir, int port, Time time) {
        endProcessAudibly();
        DirectoryLock lock = DirectoryLock.take(dataDir);
        try {
            Path logDir = lock.directory().resolve("kafka");
            Ports ports = Ports.find(port);
            format(logDir);
            LocalDigits.replace(logDir);
            KafkaRaftServer server = startServer(BrokerSettings.of(logDir, ports), time);
            return new EmbeddedBroker(lock.directory(), ports.broker(), server, lock);
        } catch (StartException e) {
            lock.close();
            throw e;
        } catch (Exception e) {
            lock.close();
            throw new StartException(
                    "Expected to start the broker on the data directory " + lock.directory() + ", but " + reasonOf(e),
                    e);
        }
    }

    /** The address for clients, in the form of the setting {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public Path dataDirectory() {
        return dataDir;
    }

    /** Stops the broker and returns when its files are closed. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                stop(server);
            } finally {
                lock.close();
            }
        }
    }

    /**
     * Prepares an empty directory for Kafka; leaves one that has data as it is.
     *
     * <p>The feature levels are written once. Data of an older Kafka keeps its levels after an upgrade.
     */
    private static void format(Path logDir) throws Exception {
        Files.createDirectories(logDir);
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

    private static KafkaRaftServer startServer(Map<String, String> settings, Time time) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), time);
        try {
            server.startup();
            return server;
        } catch (RuntimeException | Error e) {
            // A broker that fails to start stops itself, but its controller stays and holds the files.
            stop(server);
            throw e;
        }
    }

    private static String reasonOf(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    /**
     * Makes Kafka say on standard error that it ends the process, when it does.
     *
     * <p>Kafka halts the whole process when its disk fails or its own state turns out broken. In here that takes the
     * ledger and the gateway along, and that is right: without the log nothing can be decided, and a restart on the same
     * data is safe. It must only not happen without a word, and log lines may still be queued in an asynchronous
     * appender. {@code exit} is turned into {@code halt} as well, because shutdown hooks would wait for
     * {@link #close()}, which would wait for the very thread that called {@code exit}.
     */
    private static void endProcessAudibly() {
        Exit.setHaltProcedure(EmbeddedBroker::haltAudibly);
        Exit.setExitProcedure(EmbeddedBroker::haltAudibly);
    }

    private static void haltAudibly(int status, @Nullable String message) {
        System.err.println("Expected the embedded broker to keep running, but Kafka met a fault it cannot survive"
                + (message == null ? "" : " (" + message + ")")
                + ". The reason is in the log above; most often the disk is full or gone."
                + " This process ends now with status " + status
                + ". The data directory can be opened again once the cause is mended.");
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
