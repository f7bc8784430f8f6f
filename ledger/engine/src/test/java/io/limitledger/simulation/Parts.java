package io.limitledger.simulation;

import io.limitledger.client.Sending;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.HeapRecords;

/** What the simulation is made of, where a test may put a broken part in the place of a sound one. */
interface Parts {
    Parts SOUND = new Parts() {};

    /** What decides from the beginning of a log. */
    default Decider decider(HeapRecords empty) {
        return new LedgerDecider(empty);
    }

    /** What goes on from the last commit after a crash or a rebalance. */
    default Decider restarted(HeapRecords committed) {
        return decider(committed);
    }

    /** What an instance of the ledger tells an asker. */
    default Reply told(Reply reply, int instance) {
        return reply;
    }

    /** Whether an instance sends what it owes to a partition: ticks, and what limits tell one another. */
    default boolean sends(LimitCommand command) {
        return true;
    }

    /**
     * Whether a part of a move may arrive when that move has ended. A known gap: where the name was taken then, and is free
     * by now, the late part brings in a second copy of the limit.
     */
    default boolean deliversLateParts() {
        return false;
    }

    /** Through which a client asks. */
    default Sending sender(Sending sound) {
        return sound;
    }

    /** What a client takes for the time at which it was answered, in epoch milliseconds. */
    default long readAt(long at) {
        return at;
    }
}
