package io.limitledger.gateway.embedded;

import io.limitledger.topics.KafkaRight;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topics.Role;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * All who may use a broker that asks for a sign-in: this process, with a secret that is made at each start and written nowhere,
 * and the programs that the operator named.
 *
 * <p>The sign-in is SCRAM, in which no password is sent: a program that takes the broker's port while that restarts learns
 * nothing that it could use.
 */
final class BrokerUsers {
    /** The setting under which the parts of Kafka find this object. */
    static final String SETTING = "limits.broker.users";

    static final String MECHANISM = ScramMechanism.SCRAM_SHA_256.mechanismName();

    /** This process. */
    static final String SERVER = "limits-server";

    /** As random as the keys of AES-256. */
    private static final int SECRET_BYTES = 32;

    /** The least that Kafka's clients accept. Each sign-in costs as many rounds of its client. */
    private static final int ITERATIONS = ScramMechanism.SCRAM_SHA_256.minIterations();

    private final String secret = newSecret();
    private final Map<String, BrokerUser> others = new HashMap<>();
    private final Map<String, ScramCredential> credentials = new ConcurrentHashMap<>();

    BrokerUsers(List<BrokerUser> others) {
        others.forEach(user -> this.others.put(user.name(), user));
    }

    private static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** How clients of this process sign in. */
    Map<String, Object> signIn() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                // Kafka prints a value of this type as [hidden].
                new Password(serverSignIn()));
    }

    String serverSignIn() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + SERVER
                + "\" password=\"" + secret + "\";";
    }

    /** What the password of a name is checked against; null if the name is not known. */
    @Nullable
    ScramCredential credential(String name) {
        String password = name.equals(SERVER) ? secret : passwordOf(name);
        return password == null ? null : credentials.computeIfAbsent(name, unused -> credentialOf(password));
    }

    private @Nullable String passwordOf(String name) {
        BrokerUser user = others.get(name);
        return user == null ? null : user.password();
    }

    private static ScramCredential credentialOf(String password) {
        try {
            return new ScramFormatter(ScramMechanism.SCRAM_SHA_256).generateCredential(password, ITERATIONS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether a name may do something with a resource of Kafka. */
    boolean may(String name, AclOperation operation, ResourceType type, String resource) {
        BrokerUser user = others.get(name);
        return name.equals(SERVER) || (user != null && may(user, operation, type, resource));
    }

    private static boolean may(BrokerUser user, AclOperation operation, ResourceType type, String resource) {
        boolean isOfRole = rights(user)
                .anyMatch(right -> right.type() == type && right.name().equals(resource) && includes(right, operation));
        return isOfRole
                || mayOnItsOwn(user.name(), operation, type, resource)
                || (changesAccess(user) && mayBeginChange(operation, type, resource));
    }

    /** A gateway beside one with authentication must know tokens and rights as well. */
    private static Stream<KafkaRight> rights(BrokerUser user) {
        Stream<KafkaRight> ofRole = user.role().rights().stream();
        return user.role() == Role.GATEWAY ? Stream.concat(ofRole, Role.GATEKEEPER.rights().stream()) : ofRole;
    }

    private static boolean changesAccess(BrokerUser user) {
        return user.role() == Role.GATEWAY || user.role() == Role.GATEKEEPER;
    }

    /** Each change of tokens and rights is a transaction. */
    private static boolean mayBeginChange(AclOperation operation, ResourceType type, String resource) {
        boolean isWrite = operation == AclOperation.WRITE || operation == AclOperation.DESCRIBE;
        return isWrite && type == ResourceType.TRANSACTIONAL_ID && resource.equals(LedgerTopics.GROUP + "-access");
    }

    /** As with Kafka's own access control lists. */
    private static boolean includes(KafkaRight right, AclOperation operation) {
        return right.operation() == operation
                || (operation == AclOperation.DESCRIBE
                        && (right.operation() == AclOperation.READ || right.operation() == AclOperation.WRITE));
    }

    /** Reply topics of its own, and the groups in which it reads them; no transactions, which could hold up the commands. */
    private static boolean mayOnItsOwn(String name, AclOperation operation, ResourceType type, String resource) {
        boolean isItsTopic = resource.equals(name + "-replies") || resource.equals(name + ".replies");
        return switch (operation) {
            case READ, DESCRIBE ->
                (type == ResourceType.TOPIC && isItsTopic)
                        || (type == ResourceType.GROUP && isItsGroup(name, resource));
            case CREATE -> type == ResourceType.TOPIC && isItsTopic;
            default -> false;
        };
    }

    private static boolean isItsGroup(String name, String group) {
        return group.equals(name) || group.startsWith(name + "-") || group.startsWith(name + ".");
    }

    /** Whether there is any resource of a type with which a name may do something; Kafka asks it of each producer. */
    boolean mayOnAny(String name, AclOperation operation, ResourceType type) {
        BrokerUser user = others.get(name);
        return name.equals(SERVER)
                || (user != null && rights(user).anyMatch(right -> right.type() == type && includes(right, operation)));
    }

    /** Kafka may print its settings. */
    @Override
    public String toString() {
        return "[hidden]";
    }
}
