package io.limitledger.gateway.cli;

import io.limitledger.gateway.machine.FileFailure;
import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach Kafka. */
final class ClusterOptions {
    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT[,...]", description = "An existing Kafka cluster.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties for all Kafka clients, for example for TLS and SASL.")
    private @Nullable Path configFile;

    boolean hasCluster() {
        return bootstrapServers != null || fromFile().containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** Properties for clients of the cluster that was named. */
    Map<String, Object> clientProperties() {
        if (!hasCluster()) {
            throw new StartException(
                    "Name the cluster: --bootstrap-servers, or bootstrap.servers in the file of --kafka-config");
        }
        return clientProperties(bootstrapServers);
    }

    /** Properties for clients of these brokers; null for those that the file names. */
    Map<String, Object> clientProperties(@Nullable String servers) {
        Map<String, Object> properties = fromFile();
        if (servers != null) {
            properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        }
        return properties;
    }

    private Map<String, Object> fromFile() {
        Map<String, Object> properties = new HashMap<>();
        if (configFile != null) {
            Properties file = read(configFile);
            file.stringPropertyNames().forEach(name -> properties.put(name, file.getProperty(name)));
        }
        return properties;
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "--kafka-config is " + file + ", which must hold properties of Kafka clients: "
                            + FileFailure.inWords(e),
                    e);
        }
    }
}
