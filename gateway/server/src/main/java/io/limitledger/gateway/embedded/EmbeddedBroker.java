package io.limitledger.gateway.embedded;

import com.sun.management.UnixOperatingSystemMXBean;
import io.limitledger.gateway.machine.DirectoryLock;
import io.limitledger.gateway.machine.StartException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker, with its controller, inside this process: what makes {@code serve} work with nothing else installed.
 *
 * <p>The broker listens on 127.0.0.1 alone and has no replicas. It survives {@code kill -9} of this process without
 * losing an acknowledged record; it does not call {@code fsync}, so a power failure may cost the last seconds. Who needs
 * more than that runs a cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final Path dataDir;
    private static final long LONGEST_STOP_MILLIS = 30_000;

    private final Ports ports;
    private final @Nullable BrokerUsers users;
    private final Time time;
    private final DirectoryLock lock;
    private KafkaNode node;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Connections that come and go may have given back some since. */
    private static final long FEW_DESCRIPTORS = 32;

    private EmbeddedBroker(
            Path dataDir, Ports ports, @Nullable BrokerUsers users, Time time, KafkaNode node, DirectoryLock lock) {
        this.dataDir = dataDir;
        this.ports = ports;
        this.users = users;
        this.time = time;
        this.node = node;
        this.lock = lock;
    }

    /**
     * Opens the data in a directory, or begins it there, and returns when clients can connect.
     *
     * @param port where clients connect; 0 for any free port, which then differs from start to start
     * @throws StartException if the directory or the port is in use, or cannot be used; its message is fit for a user
     */
    public static EmbeddedBroker start(Path dataDir, int port) {
        return start(dataDir, port, null, Time.SYSTEM, false);
    }

    /**
     * The same before a restore: a log that is damaged is cut off where it can be read no further, and kept as it was in
     * the folder {@code damaged} beside the data.
     */
    public static EmbeddedBroker startForRestore(Path dataDir, int port) {
        return start(dataDir, port, null, Time.SYSTEM, true);
    }

    /**
     * Starts a broker that asks for a sign-in. Only clients with {@link #signIn()} may do everything, and only this process has
     * that: its secret is made at each start, and kept in memory alone.
     *
     * @param port where others sign in; 0 for nowhere
     * @param others who may sign in there
     * @param isRestore as with {@link #startForRestore}
     */
    public static EmbeddedBroker startSecured(Path dataDir, int port, List<BrokerUser> others, boolean isRestore) {
        return start(dataDir, port, new BrokerUsers(others), Time.SYSTEM, isRestore);
    }

    /** With another time than the system's, for tests. */
    static EmbeddedBroker start(Path dataDir, int port, Time time) {
        return start(dataDir, port, null, time, false);
    }

    private static EmbeddedBroker start(
            Path dataDir, int port, @Nullable BrokerUsers users, Time time, boolean isRestore) {
        endProcessAudibly();
        DirectoryLock lock = DirectoryLock.take(dataDir);
        try {
            Ports ports = users == null ? Ports.find(port) : Ports.findWithUsers(port);
            KafkaNode node = startNode(lock.directory(), ports, users, time, isRestore);
            EmbeddedBroker broker = new EmbeddedBroker(lock.directory(), ports, users, time, node, lock);
            InternalTopics.adapt(broker.signIn());
            return broker;
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

    private static KafkaNode startNode(
            Path dataDir, Ports ports, @Nullable BrokerUsers users, Time time, boolean isRestore) throws Exception {
        Path logDir = dataDir.resolve("kafka");
        Map<String, ?> settings =
                users == null ? BrokerSettings.of(logDir, ports) : BrokerSettings.secured(logDir, ports, users);
        return KafkaNode.start(logDir, ports, settings, time, isRestore);
    }

    /**
     * Stops the broker and starts it again on its port; its clients find it there.
     *
     * @return false if it did not stop, or is closed already; then only the end of the process frees its files
     */
    public synchronized boolean restart() throws Exception {
        if (closed.get()) {
            return false;
        }
        Thread stopping = new Thread(node::close, "broker-stop");
        stopping.setDaemon(true);
        stopping.start();
        stopping.join(LONGEST_STOP_MILLIS);
        if (stopping.isAlive()) {
            return false;
        }
        node = startNode(dataDir, ports, users, time, false);
        return true;
    }

    /** Where other programs may connect, in the form of the setting {@code bootstrap.servers}; null for nowhere. */
    public @Nullable String addressForOthers() {
        if (users == null) {
            return bootstrapServers();
        }
        return ports.users() == 0 ? null : BrokerSettings.HOST + ":" + ports.users();
    }

    /** The address for clients of this process, in the form of the setting {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + ports.broker();
    }

    /** What clients of this process cannot do without: the address, and how they sign in where that is asked for. */
    public Map<String, Object> signIn() {
        Map<String, Object> properties = new HashMap<>(users == null ? Map.of() : users.signIn());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        return properties;
    }

    /**
     * Settings for clients of this process: longer intervals than on a cluster, since each request of an idle process costs it
     * more than all else that it does. Another ledger on this broker learns a little later that this one has gone.
     */
    public Map<String, Object> clientSettings() {
        return Map.of(
                "heartbeat.interval.ms", "2000",
                // Of the ledger only: those that read one partition after the other would wait for it.
                "main.consumer.fetch.max.wait.ms", "2000");
    }

    /** Of all listeners, that of other programs last. */
    List<Integer> ports() {
        return ports.users() == 0
                ? List.of(ports.broker(), ports.controller())
                : List.of(ports.broker(), ports.controller(), ports.users());
    }

    public int port() {
        return ports.broker();
    }

    public Path dataDirectory() {
        return dataDir;
    }

    /** Stops the broker and returns when its files are closed. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                node.close();
            } finally {
                lock.close();
            }
        }
    }

    private static String reasonOf(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
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

    /** Where it can be known; Kafka's own messages name a file that could not be written, whatever the reason. */
    private static String likelyCause() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long most = system.getMaxFileDescriptorCount();
            long open = system.getOpenFileDescriptorCount();
            if (most - open <= FEW_DESCRIPTORS) {
                return "Too many files are open: " + open + " of the " + most
                        + " that the operating system allows (ulimit -n). Allow more.";
            }
        }
        return "The reason is in the log above; most often the disk is full or gone.";
    }

    private static void haltAudibly(int status, @Nullable String message) {
        System.err.println("Expected the embedded broker to keep running, but Kafka met a fault it cannot survive"
                + (message == null ? "" : " (" + message + ")")
                + ". " + likelyCause()
                + " This process ends now with status " + status
                + ". The data directory can be opened again once the cause is fixed.");
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
