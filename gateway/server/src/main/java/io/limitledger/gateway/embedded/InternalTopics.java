package io.limitledger.gateway.embedded;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.Topic;

/**
 * The topics in which the broker keeps the positions of groups and the state of transactions. Their settings are fixed when
 * the broker makes them, so those of an older data directory are brought to the same.
 */
final class InternalTopics {
    /** The least that Kafka allows. */
    static final String SEGMENT_BYTES = "1048576";

    private InternalTopics() {}

    /** In the background: it matters for the next start, and a topic that does not exist yet gets the setting when it is made. */
    static void adapt(Map<String, Object> clientProperties) {
        Admin admin = Admin.create(clientProperties);
        Collection<AlterConfigOp> change =
                List.of(new AlterConfigOp(new ConfigEntry("segment.bytes", SEGMENT_BYTES), OpType.SET));
        Map<ConfigResource, Collection<AlterConfigOp>> changes = Stream.of(
                        Topic.GROUP_METADATA_TOPIC_NAME, Topic.TRANSACTION_STATE_TOPIC_NAME)
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic), topic -> change));
        var unused = admin.incrementalAlterConfigs(changes)
                .all()
                .whenComplete((done, failure) -> admin.close(Duration.ZERO));
    }
}
