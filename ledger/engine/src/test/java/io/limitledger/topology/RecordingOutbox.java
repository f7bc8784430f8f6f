package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what would be sent. */
final class RecordingOutbox implements Outbox {
    private final List<Sent> replies = new ArrayList<>();
    private final List<String> ticks = new ArrayList<>();
    private final List<LimitCommand> messages = new ArrayList<>();

    /** A reply, and to whom it goes. */
    record Sent(Asker asker, ReplyRecord record) {
        Reply reply() {
            return record.reply();
        }
    }

    @Override
    public void send(Asker asker, ReplyRecord reply) {
        replies.add(new Sent(asker, reply));
    }

    @Override
    public void send(LimitCommand command, int partition, @Nullable String by) {
        if (command instanceof Tick tick) {
            ticks.add(tick.limit());
        } else {
            messages.add(command);
        }
    }

    /** The replies since the last call. */
    List<Sent> takeReplies() {
        List<Sent> taken = List.copyOf(replies);
        replies.clear();
        return taken;
    }

    /** What limits sent to one another since the last call. */
    List<LimitCommand> takeMessages() {
        List<LimitCommand> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    /** The limits that were sent a tick since the last call. */
    List<String> takeTicks() {
        List<String> taken = List.copyOf(ticks);
        ticks.clear();
        return taken;
    }
}
