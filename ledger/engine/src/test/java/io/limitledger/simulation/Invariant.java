package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.HeapRecords;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold whatever happens. It looks at what concerns it and throws a {@link Violation}; it changes
 * nothing.
 */
abstract class Invariant {
    private @Nullable Cluster cluster;

    final void watch(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What it watches; null where there is only a log. */
    final @Nullable Cluster cluster() {
        return cluster;
    }

    /**
     * An event, and what its limit was before.
     *
     * @param entry with the partition's time, as all that is decided
     */
    void onEvent(LimitEvent event, Page before, LogEntry entry) {}

    /**
     * The same.
     *
     * @param aheadMillis by how much the partition's time is ahead of the broker's clock
     */
    void onEvent(LimitEvent event, Page before, LogEntry entry, long aheadMillis) {
        onEvent(event, before, entry);
    }

    /**
     * A command, and what was decided of it.
     *
     * @param limit the one that was meant; "" if none
     */
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {}

    /** An instance of the ledger has decided an entry of a log. */
    void onDecidedBy(Instance instance, LogEntry entry, Decision decision, Decision byReferee) {}

    /** An instance that has decided the whole log commits its records. */
    void onCommit(Instance instance, HeapRecords records, HeapRecords byReferee) {}

    /**
     * An instance tells an asker.
     *
     * @param part which of those who are told because of this command
     */
    void onReply(int partition, long offset, int part, Asker asker, Reply reply) {}

    /** An asker begins to believe that it holds, or that its turn has come. */
    void onBegun(UUID leaseId, boolean isHeld) {}

    /** An asker was told that nothing is held under the id. */
    void onReleased(UUID leaseId) {}

    /** An asker was denied or refused what it asked for under the id. */
    void onDeniedOrRefused(UUID leaseId) {}

    /** Once in a while. */
    void onTime() {}

    /** When nothing went wrong for so long that all must be over. */
    void atTheEnd() {}

    final void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Violation(name(), otherwise.get());
        }
    }

    final String name() {
        return getClass().getSimpleName();
    }
}
