package io.limitledger.simulation;

import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Decides each command of a partition the moment it stands in the log, without any trouble: so it knows what is true
 * before any instance does. It holds what was decided against the invariants.
 */
final class Referee {
    private final List<Invariant> invariants;
    private final HeapRecords records = new HeapRecords();
    private final Decider decider;
    private final Book book = new Book();
    private final List<Decision> decisions = new ArrayList<>();
    /** Ids whose leases, or waits, somebody has ended on purpose. */
    private final Set<UUID> endedOnPurpose = new HashSet<>();

    Referee(Parts parts, List<Invariant> invariants) {
        this.invariants = invariants;
        this.decider = parts.decider(records);
    }

    void decide(LogEntry entry) {
        String limit = Objects.requireNonNullElse(decider.limitMeantBy(entry.command()), "");
        Decision decision = decider.decide(entry);
        decisions.add(decision);
        for (LimitEvent event : decision.events()) {
            Page page = book.page(event.limit());
            invariants.forEach(invariant -> invariant.onEvent(event, page, entry));
            noteEnds(event, page);
            book.write(event);
        }
        invariants.forEach(invariant -> invariant.onDecision(entry, limit, decision, this));
    }

    private void noteEnds(LimitEvent event, Page page) {
        if (event.fact() instanceof LeaseReleased released) {
            endedOnPurpose.add(released.leaseId());
        } else if (event.fact() instanceof WaiterLeft left && left.reason() == WaiterLeft.Reason.CANCELLED) {
            endedOnPurpose.add(left.leaseId());
        } else if (event.fact() instanceof LimitDeleted) {
            endedOnPurpose.addAll(page.held.keySet());
            endedOnPurpose.addAll(page.line.keySet());
        }
    }

    Decision decision(long offset) {
        return decisions.get(Math.toIntExact(offset));
    }

    Book book() {
        return book;
    }

    HeapRecords records() {
        return records;
    }

    boolean wasEndedOnPurpose(UUID leaseId) {
        return endedOnPurpose.contains(leaseId);
    }
}
