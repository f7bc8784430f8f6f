package io.limitledger.topology;

import io.limitledger.topics.ClientDefaults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * Which topics of askers exist, with how many partitions. A producer that is asked for a topic makes it on brokers that
 * allow that, with the ledger's rights; an admin client only looks. Used by one thread.
 */
final class ForeignTopics implements AutoCloseable {
    private static final long WAIT_SECONDS = 2;

    /** Soon enough after someone made the topic. */
    private static final long ABSENT_NANOS = Duration.ofSeconds(5).toNanos();

    /** Topics seldom change. */
    private static final long PRESENT_NANOS = Duration.ofMinutes(1).toNanos();

    /** Askers' topics are few; names beyond are made up. */
    private static final int MOST = 1_000;

    private final Map<String, Object> clientProperties;
    private final Map<String, Found> found = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > MOST;
        }
    };
    private @Nullable Admin admin;

    private record Found(int partitions, long nanos) {
        boolean isFresh() {
            return System.nanoTime() - nanos < (partitions == 0 ? ABSENT_NANOS : PRESENT_NANOS);
        }
    }

    ForeignTopics(Map<String, Object> clientProperties) {
        this.clientProperties = clientProperties;
    }

    /** 0 if it does not exist, or cannot be seen. */
    int partitions(String topic) {
        Found known = found.get(topic);
        if (known == null || !known.isFresh()) {
            known = new Found(look(topic), System.nanoTime());
            found.remove(topic);
            found.put(topic, known);
        }
        return known.partitions();
    }

    private int look(String topic) {
        try {
            KafkaFuture<TopicDescription> described = Objects.requireNonNull(
                    admin().describeTopics(List.of(topic)).topicNameValues().get(topic));
            return described.get(WAIT_SECONDS, TimeUnit.SECONDS).partitions().size();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(ClientDefaults.with(clientProperties));
        }
        return admin;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
