package io.limitledger.simulation;

import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import java.util.HashMap;
import java.util.Map;

/** Whoever is told twice what was decided of a command is told the same. */
final class RepliesAreTheSame extends Invariant {
    private final Map<Told, Reply> first = new HashMap<>();

    private record Told(int partition, long offset, int part) {}

    @Override
    void onReply(int partition, long offset, int part, Asker asker, Reply reply) {
        Reply before = first.putIfAbsent(new Told(partition, offset, part), reply);
        require(
                before == null || before.equals(reply),
                () -> asker + " is told of #" + offset + " in partition " + partition + " first " + before + ", then "
                        + reply);
    }
}
