package io.limitledger.topics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A right that a process needs on Kafka.
 *
 * @param type of the resource: a topic or a group
 * @param name of the resource
 * @param operation as Kafka's access control lists name it
 * @param purpose what it is needed for, completes "it is needed to ..."
 */
public record KafkaRight(ResourceType type, String name, AclOperation operation, String purpose) {

    /** "topic limits.events". */
    String resource() {
        return type.name().toLowerCase(Locale.ROOT) + " " + name;
    }

    /** The option of {@code kafka-acls.sh} that names the operation. */
    String aclOption() {
        String camelCase = Arrays.stream(operation.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return "--operation " + camelCase;
    }
}
