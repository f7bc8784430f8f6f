package io.limitledger.simulation;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease has its whole time while the ledger is there: what counts is the time in which heartbeats came. And it is
 * prolonged by just the time in which they did not. Reckoned from the log alone; not across a move, where nothing counts.
 */
final class AbsencesDoNotCount extends Invariant {
    private static final long TOLERANCE_MILLIS = 3_000;

    private final Map<Referee, Heard> partitions = new HashMap<>();
    private final Map<String, Long> lastAt = new HashMap<>();
    private final Map<String, Map<UUID, Given>> given = new HashMap<>();

    /** A time that a lease was given. */
    private record Given(long at, long until) {}

    /** The heartbeats of a partition; none where nobody held anything when the last one came. */
    private static final class Heard {
        private final List<Long> at = new ArrayList<>();
        private final Book book = new Book();

        boolean isAnythingHeld() {
            return book.pages().values().stream().anyMatch(page -> !page.held.isEmpty());
        }

        /** The first lease that is held again counts as a heartbeat, and what was missed before concerns none. */
        void write(LimitEvent event) {
            boolean wasAnythingHeld = isAnythingHeld();
            book.write(event);
            if (!wasAnythingHeld && isAnythingHeld()) {
                at.clear();
                at.add(event.at());
            }
        }

        void beat(long now, boolean isAnythingHeld) {
            at.removeIf(before -> !isAnythingHeld || before > now);
            if (isAnythingHeld) {
                at.add(now);
            }
        }

        /** Milliseconds in which none had come for too long. */
        long missedMillis(long after, long until) {
            long missed = 0;
            for (int index = 0; index < at.size(); index++) {
                long next = index + 1 < at.size() ? at.get(index + 1) : Long.MAX_VALUE;
                long from = Math.max(after, at.get(index) + TOLERANCE_MILLIS);
                missed += Math.max(0, Math.min(next, until) - from);
            }
            return missed;
        }
    }

    @Override
    void onDecision(LogEntry entry, String limit, Decision decision, Referee referee) {
        Heard heard = partitions.computeIfAbsent(referee, one -> new Heard());
        decision.events().forEach(event -> note(event, heard));
        if (entry.command() instanceof Heartbeat) {
            heard.beat(entry.timestamp(), heard.isAnythingHeld());
        }
    }

    private void note(LimitEvent event, Heard heard) {
        Map<UUID, Given> leases = given.computeIfAbsent(event.limit(), name -> new HashMap<>());
        if (event.fact() instanceof LeasesProlonged prolonged) {
            long missed = heard.missedMillis(lastAt.getOrDefault(event.limit(), 0L), event.at());
            require(prolonged.byMillis() == missed, () -> "the ledger was away for " + missed + " ms: " + event);
        } else if (event.fact() instanceof LeaseGranted granted) {
            leases.put(
                    granted.lease().leaseId(),
                    new Given(event.at(), granted.lease().expiresAt()));
        } else if (event.fact() instanceof LeaseRenewed renewed) {
            leases.put(renewed.leaseId(), new Given(event.at(), renewed.expiresAt()));
        } else if (event.fact() instanceof LeaseExpired expired) {
            expire(event, leases.get(expired.leaseId()), heard);
        } else if (event.fact() instanceof LimitLeaving || event.fact() instanceof LimitAdopted) {
            leases.clear();
        }
        lastAt.put(event.limit(), event.at());
        heard.write(event);
    }

    private void expire(LimitEvent event, @Nullable Given given, Heard heard) {
        if (given != null) {
            long missed = heard.missedMillis(given.at, event.at());
            require(
                    event.at() - missed >= given.until,
                    () -> "of the time since " + given + " the ledger was away for " + missed + " ms: " + event);
        }
    }
}
