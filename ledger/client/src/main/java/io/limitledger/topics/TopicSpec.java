package io.limitledger.topics;

import java.util.Map;
import java.util.Set;

/**
 * What a topic should be.
 *
 * <p>All settings are given to a topic when it is made. Of a topic that exists only the enforced ones are checked: those
 * without which the ledger would be wrong. The rest, such as how long to keep rejected commands, is the operator's choice.
 *
 * @param partitions the number when the topic is made; an existing topic keeps its own
 * @param enforced the names of the settings that an existing topic must have as stated
 * @param atLeast what other settings of an existing topic must have at least; -1 is without a bound, and enough
 * @param reason why the enforced settings are as they are, for the operator, when they differ
 */
public record TopicSpec(
        String name,
        int partitions,
        Map<String, String> settings,
        Set<String> enforced,
        Map<String, Long> atLeast,
        String reason) {

    public TopicSpec {
        settings = Map.copyOf(settings);
        enforced = Set.copyOf(enforced);
        atLeast = Map.copyOf(atLeast);
        if (!settings.keySet().containsAll(enforced)) {
            throw new IllegalArgumentException("Expected a value for each of " + enforced + ", but got " + settings);
        }
    }

    /** The same topic with another number of partitions. */
    TopicSpec withPartitions(int newPartitions) {
        return new TopicSpec(name, newPartitions, settings, enforced, atLeast, reason);
    }
}
