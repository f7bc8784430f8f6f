package io.limitledger.gateway.events;

import io.limitledger.client.TopicFollower;
import io.limitledger.client.TopicFollower.Plan;
import io.limitledger.client.TopicFollower.Start;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.PartitionNote;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.IsolationLevel;

/** Fills the tail with the newest events there are, and goes on with those that come. */
public final class EventTailReader implements TopicFollower.Reader {
    /** How far back it begins, all partitions together: about what the tail can keep. */
    private static final long EVENTS_BACK = 50_000;

    private final EventTail tail;
    private final Runnable onProgress;

    private EventTailReader(EventTail tail, Runnable onProgress) {
        this.tail = tail;
        this.onProgress = onProgress;
    }

    /**
     * Starts in the background.
     *
     * @param onProgress called on the thread that reads, after something was added; it must not block
     */
    public static TopicFollower start(Map<String, Object> clientProperties, EventTail tail, Runnable onProgress) {
        Start start = new Start(EVENTS_BACK / tail.partitions());
        // What is shown is final, and each event is shown once.
        Plan plan = Plan.ofTopic(
                "the events", LedgerTopics.EVENTS, tail.partitions(), start, IsolationLevel.READ_COMMITTED);
        TopicFollower follower = TopicFollower.start(clientProperties, plan, new EventTailReader(tail, onProgress));
        CompletableFuture<Void> unused = follower.caughtUp().thenRun(() -> {
            tail.markCaughtUp();
            onProgress.run();
        });
        return follower;
    }

    @Override
    public void begin(Map<Integer, Long> offsets) {
        offsets.forEach(tail::begin);
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records, TopicFollower follower) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.key() != null && EventText.isOne(record.value())) {
                String limit = new String(record.key(), StandardCharsets.UTF_8);
                tail.add(new KeptEvent(record.partition(), record.offset(), limit, record.value()));
            } else if (!PartitionNote.is(record.key(), record.headers())) {
                follower.passOver(record, "it has no key, or its value is not one line of JSON");
            }
        }
        for (int partition = 0; partition < tail.partitions(); partition++) {
            tail.seen(partition, follower.position(partition));
        }
        onProgress.run();
    }
}
