package io.limitledger.gateway.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The embedded broker as a process of its own, alone or one of several, each with its controller. It has the settings of the
 * product's, save those that a cluster must have otherwise, which are those of compose/cluster.yaml.
 */
public final class BrokerProcess {
    private static final String CLUSTER_ID = "TGltaXRMZWRnZXJGYXVsdA";

    private BrokerProcess() {}

    /** Arguments: the node, from 1; its directory; its port for clients; the ports of all controllers, with commas between. */
    public static void main(String[] arguments) throws Exception {
        int node = Integer.parseInt(arguments[0]);
        Path logDir = Path.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        List<Integer> controllers =
                Arrays.stream(arguments[3].split(",")).map(Integer::valueOf).toList();
        Ports ports = new Ports(port, controllers.get(node - 1), 0);
        Map<String, String> settings = BrokerSettings.of(logDir, ports);
        settings.put("node.id", Integer.toString(node));
        settings.put("controller.quorum.voters", voters(controllers));
        // Lets the ledgers ask for a short session (default: 6 s).
        settings.put("group.min.session.timeout.ms", "2000");
        if (controllers.size() == 1) {
            KafkaNode.start(logDir, ports, settings, Time.SYSTEM, false);
            new CountDownLatch(1).await();
        }
        addReplicas(settings, Integer.toString(controllers.size()));
        format(node, logDir);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }

    private static void format(int node, Path logDir) throws Exception {
        Files.createDirectories(logDir);
        new Formatter()
                .setNodeId(node)
                .setClusterId(CLUSTER_ID)
                .addDirectory(logDir.toString())
                .setMetadataLogDirectory(logDir.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static String voters(List<Integer> controllers) {
        return IntStream.range(0, controllers.size())
                .mapToObj(index -> (index + 1) + "@" + BrokerSettings.HOST + ":" + controllers.get(index))
                .collect(Collectors.joining(","));
    }

    private static void addReplicas(Map<String, String> settings, String replicas) {
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", "2");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("metadata.max.idle.interval.ms", "500");
    }
}
