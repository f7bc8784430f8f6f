package io.limitledger.gateway.bench;

import io.limitledger.client.TopicFollower;
import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Reader;
import io.limitledger.client.TopicFollower.Start;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.IsolationLevel;

/** The two topics of the echo, made like those of the ledger, and gone when the run is over. */
final class EchoTopics implements AutoCloseable {
    /** One reader reads one partition of the replies, as a gateway does. */
    static final int REPLY_PARTITION = 0;

    private static final long TIMEOUT_SECONDS = 30;

    private final Admin admin;
    private final String requests;
    private final String replies;
    private final int partitions;

    private EchoTopics(Admin admin, String runId, int partitions) {
        this.admin = admin;
        this.requests = "limits.bench." + runId + ".requests";
        this.replies = "limits.bench." + runId + ".replies";
        this.partitions = partitions;
    }

    /** @param runId keeps two runs on one cluster apart */
    static EchoTopics create(Map<String, Object> kafka, String runId, int partitions) throws Exception {
        EchoTopics topics = new EchoTopics(Admin.create(kafka), runId, partitions);
        try {
            topics.create();
            return topics;
        } catch (Exception e) {
            topics.admin.close();
            throw e;
        }
    }

    private void create() throws Exception {
        NewTopic forRequests = new NewTopic(requests, Optional.of(partitions), Optional.empty())
                .configs(Map.of("message.timestamp.type", "LogAppendTime"));
        NewTopic forReplies = new NewTopic(replies, Optional.of(REPLY_PARTITION + 1), Optional.empty());
        admin.createTopics(List.of(forRequests, forReplies)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Follows one of the topics. Misses nothing that is sent after it returns. */
    static TopicFollower follow(
            Map<String, Object> kafka, String topic, int partitions, TopicFollower.RecordReader reader) {
        Plan plan = Plan.ofTopic(topic, topic, partitions, Start.END, IsolationLevel.READ_UNCOMMITTED);
        TopicFollower follower = TopicFollower.start(kafka, plan, Reader.each(reader));
        try {
            follower.caughtUp()
                    .copy()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
            return follower;
        } catch (CompletionException e) {
            follower.close();
            throw e;
        }
    }

    String requests() {
        return requests;
    }

    String replies() {
        return replies;
    }

    int partitions() {
        return partitions;
    }

    @Override
    public void close() throws Exception {
        try (admin) {
            admin.deleteTopics(List.of(requests, replies)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
