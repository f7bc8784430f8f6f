package io.limitledger.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Kafka's admin client with one time-out over all its calls, and errors that name the servers.
 *
 * <p>Left alone the client tries for a minute per call and then speaks of node assignments; who mistyped an address wants
 * to read the address.
 */
final class BoundedAdmin implements AutoCloseable {

    /** A topic just made is known to one broker a few milliseconds before the others. */
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    /** A cluster that starts may close a connection or two. */
    private static final int TURNED_AWAY_TIMES = 5;

    /** Long enough for a broker behind a proxy to come up, and far less than the time-out. */
    private static final Duration TURNED_AWAY_AFTER = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Admin admin;
    private final String securityProtocol;
    private final long startedNanos = System.nanoTime();
    private final String bootstrapServers;
    private final Duration timeout;
    private final long deadlineNanos;

    private BoundedAdmin(Admin admin, String bootstrapServers, String securityProtocol, Duration timeout) {
        this.admin = admin;
        this.securityProtocol = securityProtocol;
        this.bootstrapServers = bootstrapServers;
        this.timeout = timeout;
        this.deadlineNanos = startedNanos + timeout.toNanos();
    }

    static BoundedAdmin connect(Map<String, ?> clientProperties, Duration timeout) {
        String servers = String.valueOf(clientProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try {
            Object protocol = clientProperties.get(AdminClientConfig.SECURITY_PROTOCOL_CONFIG);
            return new BoundedAdmin(
                    Admin.create(new HashMap<>(clientProperties)),
                    servers,
                    protocol == null ? AdminClientConfig.DEFAULT_SECURITY_PROTOCOL : protocol.toString(),
                    timeout);
        } catch (KafkaException e) {
            throw new TopicSetupException(
                    "Expected to make a client for Kafka at " + servers + ", but " + rootMessage(e), e);
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Makes a call whose several answers are waited for one by one, with {@link #call}. */
    <T> T start(Function<Admin, T> call) {
        return call.apply(admin);
    }

    /**
     * Makes a call and waits for its answer.
     *
     * @param what completes the sentence "Expected to ..." if it fails
     * @throws TopicExistsException as it is, since the caller may not mind
     * @throws UnknownTopicOrPartitionException likewise
     */
    <T> T call(String what, Function<Admin, KafkaFuture<T>> call) {
        try {
            return await(call.apply(admin));
        } catch (TimeoutException e) {
            throw isTurnedAway() ? turnedAway(what, e) : unreachable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicSetupException(expected(what) + "was interrupted", e);
        } catch (ExecutionException e) {
            throw translate(what, e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws TimeoutException, InterruptedException, ExecutionException {
        while (true) {
            long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
            try {
                return answer.get(Math.min(leftNanos, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                boolean isLate = System.nanoTime() - startedNanos > TURNED_AWAY_AFTER.toNanos();
                if (leftNanos <= LOOK_AGAIN.toNanos() || (isLate && isTurnedAway())) {
                    throw e;
                }
            }
        }
    }

    /** Whether connections are accepted and closed again: how a broker treats a client of another security protocol. */
    private boolean isTurnedAway() {
        return Math.min(total("connection-creation-total"), total("connection-close-total")) >= TURNED_AWAY_TIMES;
    }

    private double total(String metric) {
        return admin.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals(metric)
                        && each.getKey().group().equals("admin-client-metrics"))
                .mapToDouble(each -> each.getValue().metricValue() instanceof Double total ? total : 0)
                .sum();
    }

    private TopicSetupException turnedAway(String what, Exception cause) {
        return new TopicSetupException(
                "Could not " + what + ": Kafka at " + bootstrapServers + " accepts connections and closes them again."
                        + " Most likely it expects another security protocol than " + securityProtocol
                        + ", which this client uses. Set security.protocol, and the sasl.* or ssl.* settings that belong"
                        + " to it, in the file of --kafka-config.",
                cause);
    }

    /** As {@link #call}, but asks again as long as the broker that answers has not heard of a topic just made. */
    <T> T callUntilKnown(String what, Function<Admin, KafkaFuture<T>> call) {
        while (true) {
            try {
                return call(what, call);
            } catch (UnknownTopicOrPartitionException e) {
                if (deadlineNanos - System.nanoTime() < RETRY_PAUSE.toNanos()) {
                    throw new TopicSetupException(expected(what) + e.getMessage(), e);
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    /** Closes at once: after a time-out, calls are still open whose answers are of no use. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private RuntimeException translate(String what, Throwable cause) {
        if (cause instanceof TopicExistsException exists) {
            return exists;
        }
        if (cause instanceof UnknownTopicOrPartitionException unknown) {
            return unknown;
        }
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return unreachable(what, cause);
        }
        if (cause instanceof AuthenticationException) {
            return new TopicSetupException(
                    "Could not " + what + ": Kafka at " + bootstrapServers + " refuses the sign-in of this client: "
                            + cause.getMessage() + ". Check security.protocol (now " + securityProtocol
                            + ") and the sasl.* and ssl.* settings in the file of --kafka-config.",
                    cause);
        }
        return new TopicSetupException(expected(what) + rootMessage(cause), cause);
    }

    private TopicSetupException unreachable(String what, Throwable cause) {
        return new TopicSetupException(
                "Expected to reach Kafka at " + bootstrapServers + " within " + seconds() + " s to " + what
                        + ", but it did not answer in time. Check the address, and whether Kafka is running.",
                cause);
    }

    private String seconds() {
        return timeout.toMillis() % 1000 == 0
                ? Long.toString(timeout.toSeconds())
                : Double.toString(timeout.toMillis() / 1000.0);
    }

    private String expected(String what) {
        return "Expected to " + what + " at " + bootstrapServers + ", but ";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
