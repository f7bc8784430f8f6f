package io.limitledger.simulation;

import io.limitledger.client.Sending;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.HeapRecords;

/** The replaceable parts of the simulation. A test replaces one of them with a defective part. */
interface Parts {
    Parts SOUND = new Parts() {};

    /** Decides a log from its beginning. */
    default Decider decider(HeapRecords empty) {
        return new LedgerDecider(empty);
    }

    /** Decides from the last commit, after a crash or a rebalance. */
    default Decider restarted(HeapRecords committed) {
        return decider(committed);
    }

    /** The reply that an instance of the ledger sends, given the one that it decided. */
    default Reply sent(Reply reply, int instance) {
        return reply;
    }

    /** Whether an instance sends a command of its own to a partition: a tick, or a message between limits. */
    default boolean sends(LimitCommand command) {
        return true;
    }

    /**
     * Whether part of a move may arrive after that move has ended. Known gap: if the new name was taken at the first
     * attempt and is free now, the late part creates a second copy of the limit.
     */
    default boolean deliversLateParts() {
        return false;
    }

    /** The sender that a client uses. */
    default Sending sender(Sending sound) {
        return sound;
    }

    /** The time at which a client believes the reply was appended, in epoch milliseconds. */
    default long readAt(long at) {
        return at;
    }
}
