package io.limitledger.core.law;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;

/**
 * The simplest possible model of a partition's time: the sum of what passed by the broker's clock from one command to
 * the next, where a step back adds nothing. A command that changes nothing does not count, except that a step back is
 * kept if the command addresses an existing limit.
 */
public final class NaiveTime {
    private long now;
    private long stampedAt;
    private boolean expectsHeartbeats;

    /** The partition's time at an entry with this timestamp; both in epoch milliseconds. */
    public long at(long timestamp) {
        return now + Math.max(0, timestamp - stampedAt);
    }

    /**
     * Records a decided entry.
     *
     * @param meansLimit whether the command was valid and addressed an existing limit
     * @param holdsLeases whether leases are held in the partition after it
     */
    public void decided(LogEntry entry, Decision decision, boolean meansLimit, boolean holdsLeases) {
        boolean countsAsHeartbeat = entry.command() instanceof Heartbeat && (holdsLeases || expectsHeartbeats);
        boolean isKept = entry.command() instanceof Heartbeat || meansLimit;
        if (!decision.events().isEmpty() || countsAsHeartbeat || (isKept && entry.timestamp() < stampedAt)) {
            now = at(entry.timestamp());
            stampedAt = entry.timestamp();
        }
        expectsHeartbeats = holdsLeases || (expectsHeartbeats && !(entry.command() instanceof Heartbeat));
    }
}
