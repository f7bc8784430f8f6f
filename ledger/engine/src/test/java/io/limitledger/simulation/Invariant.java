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
 * A property that holds in every run. An invariant observes the run, changes nothing, and throws a {@link Violation} if
 * the property does not hold.
 */
abstract class Invariant {
    private @Nullable Cluster cluster;

    final void watch(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The cluster of the run; null where only a log is checked. */
    final @Nullable Cluster cluster() {
        return cluster;
    }

    /**
     * Called for each event.
     *
     * @param before the limit before the event
     * @param entry the command, dated by the partition's time, as everything that is decided
     */
    void onEvent(LimitEvent event, Page before, LogEntry entry) {}

    /**
     * Called for each event; calls the form without {@code aheadMillis} unless overridden.
     *
     * @param aheadMillis by how much the partition's time is ahead of the broker's clock
     */
    void onEvent(LimitEvent event, Page before, LogEntry entry, long aheadMillis) {
        onEvent(event, before, entry);
    }

    /**
     * Called for each command after it was decided.
     *
     * @param limit the limit that the command addresses; "" if none
     */
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {}

    /** Called when an instance of the ledger has decided an entry of a log. */
    void onDecidedBy(Instance instance, LogEntry entry, Decision decision, Decision byReferee) {}

    /** Called when an instance that has decided the whole log commits its records. */
    void onCommit(Instance instance, HeapRecords records, HeapRecords byReferee) {}

    /**
     * Called when an instance sends a reply.
     *
     * @param part position among the replies to this command: 0 for its asker, then the waiters
     */
    void onReply(int partition, long offset, int part, Asker asker, Reply reply) {}

    /** Called when a client starts: it believes that it holds the lease, or that its promised start has come. */
    void onBegun(UUID leaseId, boolean isHeld) {}

    /** Called when a client has learned that its lease id was released. */
    void onReleased(UUID leaseId) {}

    /** Called when a client has learned that its acquire was denied or refused. */
    void onDeniedOrRefused(UUID leaseId) {}

    /** Called once a second. */
    void onTime() {}

    /** Called at the end of a run, after enough time without faults for everything to have ended. */
    void atTheEnd() {}

    final void require(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new Violation(name(), message.get());
        }
    }

    final String name() {
        return getClass().getSimpleName();
    }
}
