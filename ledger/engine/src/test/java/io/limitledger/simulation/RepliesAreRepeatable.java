package io.limitledger.simulation;

import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import java.util.HashMap;
import java.util.Map;

/** Invariant: all instances that reply to a command send the same reply. */
final class RepliesAreRepeatable extends Invariant {
    private final Map<ReplyId, Reply> first = new HashMap<>();

    private record ReplyId(int partition, long offset, int part) {}

    @Override
    void onReply(int partition, long offset, int part, Asker asker, Reply reply) {
        Reply before = first.putIfAbsent(new ReplyId(partition, offset, part), reply);
        require(
                before == null || before.equals(reply),
                () -> "#" + offset + " of partition " + partition + " is answered to " + asker + " first with " + before
                        + ", then with " + reply);
    }
}
