package io.limitledger.core.law;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;

/**
 * The time of a partition in the plainest way there is: what has passed by the broker's clock from one command to the next
 * adds up, and where it steps back nothing has. A command that leaves nothing behind may as well not have been, but for
 * the step itself, which is kept where there is a limit to decide on.
 */
public final class NaiveTime {
    private long now;
    private long stampedAt;
    private boolean isBeating;

    /** What time it is when there is an entry with this timestamp; both in epoch milliseconds. */
    public long at(long timestamp) {
        return now + Math.max(0, timestamp - stampedAt);
    }

    /**
     * An entry was decided.
     *
     * @param meansLimit whether it was valid, and there was a limit that it meant
     * @param holdsLeases whether leases are held in the partition after it
     */
    public void decided(LogEntry entry, Decision decision, boolean meansLimit, boolean holdsLeases) {
        boolean isHeard = entry.command() instanceof Heartbeat && (holdsLeases || isBeating);
        boolean isKept = entry.command() instanceof Heartbeat || meansLimit;
        if (!decision.events().isEmpty() || isHeard || (isKept && entry.timestamp() < stampedAt)) {
            now = at(entry.timestamp());
            stampedAt = entry.timestamp();
        }
        isBeating = holdsLeases || (isBeating && !(entry.command() instanceof Heartbeat));
    }
}
