package io.limitledger.topics;

import io.limitledger.topics.TopicMismatchException.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a minute whether the topics are still as the ledger needs them, since anybody with the right may change them
 * while it runs. What differs is logged when it begins and when it ends.
 */
public final class TopicsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsWatch.class);

    /** Two requests a minute cost nothing; retention removes nothing sooner, since Kafka looks every five minutes. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Admin admin;
    private final String bootstrapServers;
    private final int commandPartitions;
    private final List<TopicSpec> specs;
    private final ScheduledExecutorService timer;
    private volatile List<String> differences = List.of();

    private TopicsWatch(Admin admin, String bootstrapServers, int commandPartitions) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.commandPartitions = commandPartitions;
        this.specs = new ArrayList<>(LedgerTopics.DEFAULTS.all());
        specs.add(LedgerTopics.changelog());
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "topics-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to look.
     *
     * @param commandPartitions that the ledger was made with
     */
    public static TopicsWatch start(Map<String, Object> clientProperties, int commandPartitions) {
        return start(clientProperties, commandPartitions, INTERVAL);
    }

    /** The same at another pace. */
    public static TopicsWatch start(Map<String, Object> clientProperties, int commandPartitions, Duration interval) {
        String servers = String.valueOf(clientProperties.get("bootstrap.servers"));
        TopicsWatch watch =
                new TopicsWatch(Admin.create(ClientDefaults.with(clientProperties)), servers, commandPartitions);
        var unused =
                watch.timer.scheduleWithFixedDelay(watch::lookQuietly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** What is not as it must be, one sentence each. */
    public List<String> differences() {
        return differences;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (ExecutionException | TimeoutException e) {
            // A broker that is away is another's business, and topics do not change meanwhile.
            LOG.debug("Could not look at the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws ExecutionException, TimeoutException, InterruptedException {
        List<String> found = new ArrayList<>();
        TopicDescription commands = get(admin.describeTopics(List.of(LedgerTopics.COMMANDS))
                        .allTopicNames())
                .get(LedgerTopics.COMMANDS);
        int partitions = commands == null ? 0 : commands.partitions().size();
        if (partitions > commandPartitions) {
            found.add(PartitionCounts.grown(partitions, commandPartitions));
        }
        List<ConfigResource> resources = specs.stream()
                .map(spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))
                .toList();
        Map<ConfigResource, KafkaFuture<Config>> configs =
                admin.describeConfigs(resources).values();
        for (TopicSpec spec : specs) {
            Config config = config(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name())));
            if (config != null) {
                TopicsCheck.differences(spec, config, bootstrapServers).forEach(one -> found.add(describe(one)));
            }
        }
        report(found);
    }

    /** Null for a topic that is not there, or whose settings may not be seen: others notice that. */
    private static @Nullable Config config(@Nullable KafkaFuture<Config> asked)
            throws TimeoutException, InterruptedException {
        try {
            return asked == null ? null : get(asked);
        } catch (ExecutionException e) {
            LOG.debug("Could not see the settings of a topic", e);
            return null;
        }
    }

    private static String describe(Difference difference) {
        return "topic " + difference.topic() + ", " + difference.setting() + ": expected " + difference.expected()
                + ", found " + difference.found() + ". " + difference.reason() + " " + difference.fix();
    }

    private void report(List<String> found) {
        List<String> before = differences;
        found.stream().filter(one -> !before.contains(one)).forEach(LOG::warn);
        before.stream().filter(one -> !found.contains(one)).forEach(one -> LOG.info("As it must be again: {}", one));
        differences = List.copyOf(found);
    }

    private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
