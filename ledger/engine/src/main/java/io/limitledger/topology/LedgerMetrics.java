package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.Decision;

/** What the ledger tells about its work. No limit's name among it: there may be a hundred thousand of them. */
public interface LedgerMetrics {
    /** Tells nobody. */
    LedgerMetrics NONE = new LedgerMetrics() {};

    default void decided(LimitCommand command, Decision decision) {}

    default void rejected() {}

    /** All records of a partition of commands before this offset have been dealt with. */
    default void reached(int partition, long nextOffset) {}

    /** A partition is read no further by this instance. */
    default void left(int partition) {}

    /** How late the most overdue limit of a partition is. */
    default void dueLag(int partition, long lateMillis) {}

    /**
     * Commands were removed before they were decided.
     *
     * @param from offset of the first
     * @param to offset behind the last
     */
    default void commandsLost(int partition, long from, long to) {}

    /** The broker's clock has stepped back by a second or more: what is decided goes on by the partition's own time. */
    default void clockSteppedBack(int partition, long byMillis) {}

    /** A reply or a tick could not be sent. */
    default void sendFailed(String what) {}
}
