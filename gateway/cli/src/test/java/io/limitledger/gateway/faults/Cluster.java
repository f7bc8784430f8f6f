package io.limitledger.gateway.faults;

import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.cli.Main;
import io.limitledger.gateway.embedded.BrokerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaFuture;

/** A whole system of separate processes: brokers, two ledgers, two gateways. Closing it kills them all. */
final class Cluster implements AutoCloseable {
    private static final int PAIR = 2;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final String HOST = "127.0.0.1";

    private final List<Node> brokers = new ArrayList<>();
    private final List<Node> ledgers = new ArrayList<>();
    private final List<Node> gateways = new ArrayList<>();
    private final List<Integer> brokerPorts;
    private final List<Integer> ledgerPorts;
    private final List<Integer> gatewayPorts;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
    private final Admin admin;

    private Cluster(Path directory, int brokerCount) throws IOException {
        List<Integer> ports = freePorts(2 * brokerCount + 2 * PAIR);
        brokerPorts = ports.subList(0, brokerCount);
        List<Integer> controllerPorts = ports.subList(brokerCount, 2 * brokerCount);
        ledgerPorts = ports.subList(2 * brokerCount, 2 * brokerCount + PAIR);
        gatewayPorts = ports.subList(2 * brokerCount + PAIR, ports.size());
        for (int node = 1; node <= brokerCount; node++) {
            brokers.add(broker(node, directory, controllerPorts));
        }
        for (int index = 0; index < PAIR; index++) {
            ledgers.add(ledger(index, directory));
            gateways.add(gateway(index, directory));
        }
        admin = Admin.create(clientProperties());
    }

    /** Starts all processes, and returns when all are ready. */
    static Cluster start(Path directory, int brokerCount) throws Exception {
        Cluster cluster = new Cluster(directory, brokerCount);
        try {
            for (Node broker : cluster.brokers) {
                broker.start();
            }
            await("the brokers answer").atMost(START_TIMEOUT).until(cluster::areBrokersHealthy);
            cluster.awaitHealthy();
            return cluster;
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private Node broker(int node, Path directory, List<Integer> controllerPorts) throws IOException {
        String controllers = controllerPorts.stream().map(String::valueOf).collect(Collectors.joining(","));
        String name = "broker-" + node;
        return new Node(
                name,
                directory,
                "-Xmx384m",
                BrokerProcess.class,
                List.of(
                        Integer.toString(node),
                        directory.resolve(name).toString(),
                        Integer.toString(brokerPorts.get(node - 1)),
                        controllers));
    }

    /**
     * A ledger as in compose/cluster.yaml: each is the other's standby, and counts as dead after 2 s without a sign of
     * life.
     */
    private Node ledger(int index, Path directory) throws IOException {
        String name = "ledger-" + (index + 1);
        List<String> arguments = new ArrayList<>(options("ledger", ledgerPorts.get(index)));
        arguments.addAll(List.of(
                "--data-dir", directory.resolve(name).toString(), "--standbys", "1", "--session-timeout", "2s"));
        return new Node(name, directory, "-Xmx512m", Main.class, arguments);
    }

    private Node gateway(int index, Path directory) throws IOException {
        String name = "gateway-" + (index + 1);
        return new Node(name, directory, "-Xmx512m", Main.class, options("gateway", gatewayPorts.get(index)));
    }

    private List<String> options(String subcommand, int port) {
        return List.of(subcommand, "--bootstrap-servers", bootstrapServers(), "--port", Integer.toString(port));
    }

    List<Node> brokers() {
        return brokers;
    }

    List<Node> ledgers() {
        return ledgers;
    }

    List<Node> gateways() {
        return gateways;
    }

    List<Node> nodes() {
        return Stream.of(brokers, ledgers, gateways).flatMap(List::stream).toList();
    }

    List<URI> gatewayAddresses() {
        return gatewayPorts.stream()
                .map(port -> URI.create("http://" + HOST + ":" + port))
                .toList();
    }

    Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    private String bootstrapServers() {
        return brokerPorts.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
    }

    /** Waits until every process works. A process that has ended is started, as a process manager would do. */
    void awaitHealthy() {
        await("all processes are healthy")
                .pollInterval(Duration.ofMillis(100))
                .atMost(START_TIMEOUT)
                .until(this::isHealthy);
    }

    private boolean isHealthy() throws IOException, InterruptedException {
        for (Node node : nodes()) {
            node.startUnlessAlive();
        }
        return Stream.of(ledgerPorts, gatewayPorts).flatMap(List::stream).allMatch(this::isReady)
                && areBrokersHealthy();
    }

    private boolean isReady(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + "/readyz"))
                .timeout(REQUEST_TIMEOUT)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether all brokers run with all replicas in sync; otherwise the next broker to die might be the last with all
     * data.
     */
    private boolean areBrokersHealthy() throws InterruptedException {
        try {
            int found = within(admin.describeCluster().nodes()).size();
            Set<String> topics = within(
                    admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
            return found == brokers.size()
                    && within(admin.describeTopics(topics).allTopicNames()).values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size()
                                    == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static <T> T within(KafkaFuture<T> asked)
            throws InterruptedException, ExecutionException, TimeoutException {
        return asked.get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        for (Node node : nodes()) {
            node.close();
        }
        admin.close(Duration.ZERO);
    }
}
