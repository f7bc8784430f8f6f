package io.limitledger.gateway.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker on which nothing is allowed that was not granted: users sign in with SASL PLAIN, and Kafka's own authorizer
 * decides. {@code admin} may do everything.
 */
public final class SecuredBroker implements AutoCloseable {
    public static final String ADMIN = "admin";

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final Admin admin;

    private SecuredBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(clientProperties(ADMIN));
    }

    /** Starts with these users besides {@code admin}; each one's password is its name backwards. */
    public static SecuredBroker start(Path directory, String... users) throws Exception {
        Ports ports = Ports.find(0);
        Map<String, String> settings = new HashMap<>(BrokerSettings.of(directory, ports));
        String address = BrokerSettings.HOST + ":" + ports.broker();
        settings.put(
                "listeners", "SASL://" + address + ",CONTROLLER://" + BrokerSettings.HOST + ":" + ports.controller());
        settings.put("advertised.listeners", "SASL://" + address);
        settings.put("listener.security.protocol.map", "SASL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "SASL");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.sasl.plain.sasl.jaas.config", brokerSignIn(users));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        Files.createDirectories(directory);
        new Formatter()
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId("U2VjdXJlZEJyb2tlclRlc3Q")
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new SecuredBroker(server, address);
    }

    private static String brokerSignIn(String... users) {
        return Arrays.stream(users)
                .map(user -> "user_" + user + "=\"" + password(user) + "\"")
                .collect(Collectors.joining(
                        " ",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + ADMIN
                                + "\" password=\"" + password(ADMIN) + "\" user_" + ADMIN + "=\"" + password(ADMIN)
                                + "\" ",
                        ";"));
    }

    public static String password(String user) {
        return new StringBuilder(user).reverse().toString();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** How a client signs in as a user. */
    public Map<String, Object> clientProperties(String user) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password(user) + "\";");
    }

    public void allow(String user, ResourceType type, PatternType pattern, String name, AclOperation operation)
            throws Exception {
        admin.createAcls(List.of(binding(user, type, pattern, name, operation)))
                .all()
                .get();
    }

    public void allow(String user, ResourceType type, String name, AclOperation operation) throws Exception {
        allow(user, type, PatternType.LITERAL, name, operation);
    }

    public void revoke(String user, ResourceType type, String name, AclOperation operation) throws Exception {
        admin.deleteAcls(List.of(binding(user, type, PatternType.LITERAL, name, operation)
                        .toFilter()))
                .all()
                .get();
    }

    private static AclBinding binding(
            String user, ResourceType type, PatternType pattern, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    @Override
    public void close() {
        admin.close();
        server.shutdown();
        server.awaitShutdown();
    }
}
