package io.limitledger.gateway.faults;

import static org.awaitility.Awaitility.await;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.stack.TopicReader;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events topic as auditors read it: committed events only. */
final class CommittedEvents {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private CommittedEvents() {}

    /** Waits until no event is uncommitted, and reads all events, grouped by limit. */
    static Map<String, List<LimitEvent>> read(Cluster cluster) throws UnreadableRecordException {
        try (TopicReader committed = new TopicReader(cluster.clientProperties());
                TopicReader uncommitted = new TopicReader(cluster.clientProperties(), "read_uncommitted")) {
            await().atMost(TIMEOUT)
                    .until(() -> committed.ends(LedgerTopics.EVENTS).equals(uncommitted.ends(LedgerTopics.EVENTS)));
            Map<String, List<LimitEvent>> events = new TreeMap<>();
            for (ConsumerRecord<byte[], byte[]> record : committed.read(LedgerTopics.EVENTS)) {
                LimitEvent event = EventJson.read(record.value());
                events.computeIfAbsent(event.limit(), limit -> new ArrayList<>())
                        .add(event);
            }
            return events;
        }
    }
}
