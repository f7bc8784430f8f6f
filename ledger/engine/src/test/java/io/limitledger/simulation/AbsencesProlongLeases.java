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
 * Invariant: time in which the ledger was absent does not count towards a lease. Only time covered by heartbeats
 * counts, and leases are prolonged by exactly the time that is not covered. Computed from the log alone. A limit that
 * moves to another name is not checked, since no absence counts during a move.
 */
final class AbsencesProlongLeases extends Invariant {
    private static final long TOLERANCE_MILLIS = 3_000;

    private final Map<Referee, Heartbeats> partitions = new HashMap<>();
    private final Map<String, Long> lastAt = new HashMap<>();
    private final Map<String, Map<UUID, Term>> terms = new HashMap<>();

    /** The grant or last renewal of a lease, in epoch milliseconds. */
    private record Term(long at, long until) {}

    /** The heartbeats of a partition; empty while no lease was held at the last heartbeat. */
    private static final class Heartbeats {
        private final List<Long> at = new ArrayList<>();
        private final Book book = new Book();

        boolean isAnythingHeld() {
            return book.pages().values().stream().anyMatch(page -> !page.held.isEmpty());
        }

        /**
         * Applies an event. The first lease held after a period without leases counts as a heartbeat: an absence before
         * it concerns no lease.
         */
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

        /** The milliseconds between two times that no heartbeat covers. */
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
        Heartbeats heartbeats = partitions.computeIfAbsent(referee, one -> new Heartbeats());
        decision.events().forEach(event -> note(event, heartbeats));
        if (entry.command() instanceof Heartbeat) {
            heartbeats.beat(entry.timestamp(), heartbeats.isAnythingHeld());
        }
    }

    private void note(LimitEvent event, Heartbeats heartbeats) {
        Map<UUID, Term> leases = terms.computeIfAbsent(event.limit(), name -> new HashMap<>());
        if (event.fact() instanceof LeasesProlonged prolonged) {
            long missed = heartbeats.missedMillis(lastAt.getOrDefault(event.limit(), 0L), event.at());
            require(
                    prolonged.byMillis() == missed,
                    () -> "expected a prolongation by " + missed + " ms, the time of the absence: " + event);
        } else if (event.fact() instanceof LeaseGranted granted) {
            leases.put(
                    granted.lease().leaseId(),
                    new Term(event.at(), granted.lease().expiresAt()));
        } else if (event.fact() instanceof LeaseRenewed renewed) {
            leases.put(renewed.leaseId(), new Term(event.at(), renewed.expiresAt()));
        } else if (event.fact() instanceof LeaseExpired expired) {
            expire(event, leases.get(expired.leaseId()), heartbeats);
        } else if (event.fact() instanceof LimitLeaving || event.fact() instanceof LimitAdopted) {
            leases.clear();
        }
        lastAt.put(event.limit(), event.at());
        heartbeats.write(event);
    }

    private void expire(LimitEvent event, @Nullable Term term, Heartbeats heartbeats) {
        if (term != null) {
            long missed = heartbeats.missedMillis(term.at, event.at());
            require(
                    event.at() - missed >= term.until,
                    () -> "expired early: " + term + ", and the ledger was absent for " + missed + " ms since: "
                            + event);
        }
    }
}
