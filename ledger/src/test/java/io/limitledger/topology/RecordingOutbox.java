package io.limitledger.topology;

import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import java.util.ArrayList;
import java.util.List;

/** Keeps what would be sent. */
final class RecordingOutbox implements Outbox {
    private final List<Sent> replies = new ArrayList<>();
    private final List<String> ticks = new ArrayList<>();

    /** A reply, with the address and the cause that it was given. */
    record Sent(Asker asker, Reply reply, Cause cause) {}

    @Override
    public void send(Asker asker, Reply reply, Cause cause) {
        replies.add(new Sent(asker, reply, cause));
    }

    @Override
    public void send(Tick tick, int partition) {
        ticks.add(tick.limit());
    }

    /** The replies since the last call. */
    List<Sent> takeReplies() {
        List<Sent> taken = List.copyOf(replies);
        replies.clear();
        return taken;
    }

    /** The limits that were sent a tick since the last call. */
    List<String> takeTicks() {
        List<String> taken = List.copyOf(ticks);
        ticks.clear();
        return taken;
    }
}
