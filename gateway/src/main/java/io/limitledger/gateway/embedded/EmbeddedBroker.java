package io.limitledger.gateway.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final String HOST = "127.0.0.1";
    private static final byte[] HOST_ADDRESS = {127, 0, 0, 1};
    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";

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
        endProcessAudibly();
        DirectoryLock lock = DirectoryLock.take(dataDir);
        try {
            Path logDir = lock.directory().resolve("kafka");
            Ports ports = Ports.find(port);
            format(logDir);
            KafkaRaftServer server = startServer(settings(logDir, ports));
            return new EmbeddedBroker(lock.directory(), ports.broker(), server, lock);
        } catch (StartException e) {
            lock.release();
            throw e;
        } catch (Exception e) {
            lock.release();
            throw new StartException(
                    "Expected to start the broker on the data directory " + lock.directory() + ", but " + reasonOf(e),
                    e);
        }
    }

    /** The address for clients, in the form of the setting {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
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
                lock.release();
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
                .setNodeId(NODE_ID)
                .setClusterId(CLUSTER_ID)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .setControllerListenerName(CONTROLLER_LISTENER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static KafkaRaftServer startServer(Map<String, String> settings) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
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

    private static Map<String, String> settings(Path logDir, Ports ports) {
        Map<String, String> settings = new LinkedHashMap<>();
        addIdentity(settings, logDir, ports);
        addSingleNode(settings);
        addQuickRestart(settings);
        addTransactions(settings);
        addBounds(settings);
        addStorage(settings);
        return settings;
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
        // A mistyped topic must be an error, not a new topic with settings that nobody chose.
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
        // Where the ledger stands in the log must never be forgotten, not even after a year switched off. The default
        // of
        // seven days would make it begin anew.
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    }

    private static void addQuickRestart(Map<String, String> settings) {
        // After kill -9 the controller waits out the session of the broker that died before it admits the new one.
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("broker.heartbeat.interval.ms", "200");
        // The first member of a group need not wait for others.
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    private static void addTransactions(Map<String, String> settings) {
        // After a commit the first write of the next transaction waits this long (default 20 ms): it was the tail of
        // the
        // latency.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "1");
        // A transaction left open by a crash holds up its partitions until it has timed out and somebody has looked
        // (default: every 10 s).
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");
    }

    /** One user, two cores, a small heap: few threads, small buffers, and no request that could fill the heap. */
    private static void addBounds(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
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
        settings.put("offsets.topic.segment.bytes", "16777216");
        settings.put("transaction.state.log.segment.bytes", "16777216");
        // Enough for the index of such a segment; it is allocated ahead (default: 10 MB, twice for each partition).
        settings.put("log.index.size.max.bytes", "1048576");
    }

    /** The broker did not start; the message says why and what to do, and needs no stack trace. */
    public static final class StartException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StartException(String message) {
            super(message);
        }

        StartException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The ports of the two listeners.
     *
     * <p>Both are found before Kafka starts: the controller's address is needed in the settings, and the broker that
     * Kafka starts does not tell which port it got.
     */
    private record Ports(int broker, int controller) {

        static Ports find(int wantedPort) throws IOException {
            // Both open at once, so that they cannot be the same.
            try (ServerSocket broker = open(wantedPort);
                    ServerSocket controller = open(0)) {
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            }
        }

        private static ServerSocket open(int port) {
            try {
                return new ServerSocket(port, 1, InetAddress.getByAddress(HOST_ADDRESS));
            } catch (IOException e) {
                throw new StartException(
                        "Expected to listen on " + HOST + ":" + port + ", but " + e.getMessage()
                                + ". Stop the process that uses this port, or choose another port.",
                        e);
            }
        }
    }

    /**
     * The right of one process to use a data directory.
     *
     * <p>Kafka has such a lock too, but takes it only after it has opened, and perhaps repaired, the metadata log: a second
     * process could do damage before it is turned away. This one is taken first. The operating system gives it back
     * however the process ends, so the file may stay.
     */
    private static final class DirectoryLock {

        /**
         * The directories open in this process. Looked up before the file is touched, because on POSIX systems closing
         * any handle of a file drops the lock that the process has on it.
         */
        private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

        private final Path directory;
        private final FileChannel channel;

        private DirectoryLock(Path directory, FileChannel channel) {
            this.directory = directory;
            this.channel = channel;
        }

        static DirectoryLock take(Path wanted) {
            Path directory = createDirectory(wanted);
            if (!OPEN_HERE.add(directory)) {
                throw inUse(directory, "this process has it open already.");
            }
            try {
                return lockFile(directory);
            } catch (RuntimeException e) {
                OPEN_HERE.remove(directory);
                throw e;
            }
        }

        Path directory() {
            return directory;
        }

        void release() {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing is lost: the end of the process gives the lock back.
                System.err.println("Expected to unlock " + directory + ", but " + e.getMessage());
            } finally {
                OPEN_HERE.remove(directory);
            }
        }

        private static Path createDirectory(Path wanted) {
            try {
                return Files.createDirectories(wanted).toRealPath();
            } catch (IOException e) {
                throw new StartException("Expected to use the data directory " + wanted + ", but " + e, e);
            }
        }

        private static DirectoryLock lockFile(Path directory) {
            try {
                FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() == null) {
                    channel.close();
                    throw inUse(
                            directory, "another process is using it. Stop that process, or choose another directory.");
                }
                return new DirectoryLock(directory, channel);
            } catch (IOException e) {
                throw new StartException("Expected to lock the data directory " + directory + ", but " + e, e);
            }
        }

        private static StartException inUse(Path directory, String how) {
            return new StartException("Expected to open the data directory " + directory + ", but " + how);
        }
    }
}
