package io.limitledger.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka which of the rights of some {@link Role}s this client has: two requests, whatever the number of rights.
 *
 * <p>A topic or group that does not exist yet counts as allowed; its rights are checked again by the process that creates it. A topic that this client
 * may not even see looks the same to it whether it exists or not, and counts as denied.
 */
final class RightsCheck {
    private static final Set<AclOperation> ALL = EnumSet.allOf(AclOperation.class);

    private final BoundedAdmin admin;
    private final Map<String, ?> clientProperties;
    private final List<KafkaRight> rights;

    RightsCheck(BoundedAdmin admin, Map<String, ?> clientProperties, Collection<Role> roles) {
        this.admin = admin;
        this.clientProperties = clientProperties;
        this.rights = roles.stream()
                .flatMap(role -> role.rights().stream())
                .distinct()
                .toList();
    }

    /** Returns if nothing is missing. */
    void require() {
        List<KafkaRight> missing = missing();
        if (!missing.isEmpty()) {
            throw new MissingRightsException(clientProperties, missing);
        }
    }

    /** The rights that are denied, in the order of the table. */
    List<KafkaRight> missing() {
        Map<String, Set<AclOperation>> topics = rights.isEmpty() ? Map.of() : topics();
        List<KafkaRight> missing = new ArrayList<>();
        for (KafkaRight right : rights) {
            Set<AclOperation> allowed =
                    right.type() == ResourceType.GROUP ? group(right.name()) : topics.getOrDefault(right.name(), ALL);
            if (!allowed.contains(right.operation())) {
                missing.add(right);
            }
        }
        return missing;
    }

    private Map<String, Set<AclOperation>> topics() {
        Set<String> names = rights.stream()
                .filter(right -> right.type() == ResourceType.TOPIC)
                .map(KafkaRight::name)
                .collect(Collectors.toSet());
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        admin.start(kafka -> kafka.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues())
                .forEach((topic, description) -> allowed.put(
                        topic,
                        allowedOn(() -> admin.call("ask for the rights on topic " + topic, kafka -> description)
                                .authorizedOperations())));
        return allowed;
    }

    private Set<AclOperation> group(String name) {
        return allowedOn(() -> admin.call(
                        "ask for the rights on group " + name,
                        kafka -> kafka.describeConsumerGroups(
                                        List.of(name),
                                        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                                .describedGroups()
                                .get(name))
                .authorizedOperations());
    }

    /** A broker that answers without operations is too old to report them, and is not asked again. */
    private static Set<AclOperation> allowedOn(Supplier<@Nullable Set<AclOperation>> asked) {
        try {
            Set<AclOperation> operations = asked.get();
            return operations == null ? ALL : operations;
        } catch (UnknownTopicOrPartitionException e) {
            return ALL;
        } catch (TopicSetupException e) {
            if (e.getCause() instanceof TopicAuthorizationException
                    || e.getCause() instanceof GroupAuthorizationException) {
                return Set.of();
            }
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return ALL;
            }
            throw e;
        }
    }
}
