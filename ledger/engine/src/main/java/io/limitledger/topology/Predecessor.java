package io.limitledger.topology;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that ran as this instance before and was killed: its group takes it for alive until its session is over,
 * and gives nobody its partitions. An instance that starts knows better and takes it out of the group.
 *
 * <p>Kafka has static members for that ({@code group.instance.id}), but with them a ledger can shut itself out: when the
 * coordinator hangs while it joins, its own abandoned request fences it (KAFKA-20985).
 */
final class Predecessor {
    private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);

    /** For each request: after a crash of the broker its coordinator must load the groups first. */
    private static final int PATIENCE_MILLIS = 5_000;

    private final Admin admin;
    private final String group;
    private final String clientId;

    /** @param clientId which the threads of this instance bear at the beginning of theirs, now as before */
    Predecessor(Admin admin, String group, String clientId) {
        this.admin = admin;
        this.group = group;
        this.clientId = clientId;
    }

    /**
     * Only where nobody else is in the group: Kafka has no way to take out one member of several. There the session must
     * be waited for, while the others do their part. The same if it fails.
     */
    void remove() {
        try {
            Collection<MemberDescription> members = members();
            if (!members.isEmpty() && members.stream().allMatch(this::isFormer)) {
                var everybody = new RemoveMembersFromConsumerGroupOptions().timeoutMs(PATIENCE_MILLIS);
                admin.removeMembersFromConsumerGroup(group, everybody).all().get();
            }
        } catch (ExecutionException e) {
            LOG.warn("Expected to take the former process of this instance out of its group, but {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Collection<MemberDescription> members() throws ExecutionException, InterruptedException {
        try {
            var options = new DescribeConsumerGroupsOptions().timeoutMs(PATIENCE_MILLIS);
            return admin.describeConsumerGroups(List.of(group), options).all().get().values().stream()
                    .flatMap(found -> found.members().stream())
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    private boolean isFormer(MemberDescription member) {
        return member.clientId().startsWith(clientId + "-");
    }
}
