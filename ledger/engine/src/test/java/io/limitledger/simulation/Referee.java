package io.limitledger.simulation;

import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.law.NaiveTime;
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
 * The test oracle of a partition. It decides each command at the moment it is appended, without faults, so it knows the
 * correct decision before any instance does, and checks that decision against the invariants.
 */
final class Referee {
    private final List<Invariant> invariants;
    private final HeapRecords records = new HeapRecords();
    private final Decider decider;
    private final Book book = new Book();
    private final NaiveTime time = new NaiveTime();
    private final List<Decision> decisions = new ArrayList<>();
    /** Ids whose leases or waits a command has ended. */
    private final Set<UUID> endedOnPurpose = new HashSet<>();

    Referee(Parts parts, List<Invariant> invariants) {
        this.invariants = invariants;
        this.decider = parts.decider(records);
    }

    void decide(LogEntry entry) {
        String limit = Objects.requireNonNullElse(decider.limitMeantBy(entry.command()), "");
        boolean meansLimit =
                records.limit(limit) != null && entry.command().invalidFields().isEmpty();
        Decision shown = decider.decide(entry);
        decisions.add(shown);
        long aheadMillis = time.at(entry.timestamp()) - entry.timestamp();
        LogEntry entryHere = later(entry, aheadMillis);
        for (LimitEvent event : shown.events()) {
            Page page = book.page(event.limit());
            invariants.forEach(invariant -> invariant.onEvent(event, page, entryHere, aheadMillis));
            noteEnds(event, page);
            book.write(event);
        }
        time.decided(entry, shown, meansLimit, book.pages().values().stream().anyMatch(page -> !page.held.isEmpty()));
        Decision decision = later(shown, aheadMillis);
        invariants.forEach(invariant -> invariant.onDecision(entryHere, limit, decision, this));
    }

    /** Invariants use the partition's own time; clients and the log use the broker's clock. */
    private static LogEntry later(LogEntry entry, long millis) {
        return entry.at(entry.timestamp() + millis);
    }

    private static Decision later(Decision decision, long millis) {
        return new Decision(
                decision.events(),
                decision.reply().laterBy(millis),
                decision.answers().stream()
                        .map(answer -> new Decision.Answer(
                                answer.asker(), answer.reply().laterBy(millis)))
                        .toList(),
                decision.messages());
    }

    /** The partition's time for a time of the broker's clock; both in epoch milliseconds. */
    long timeAt(long timestamp) {
        return time.at(timestamp);
    }

    private void noteEnds(LimitEvent event, Page page) {
        if (event.fact() instanceof LeaseReleased released) {
            endedOnPurpose.add(released.leaseId());
        } else if (event.fact() instanceof WaiterLeft left && left.reason() == WaiterLeft.Reason.CANCELLED) {
            endedOnPurpose.add(left.leaseId());
        } else if (event.fact() instanceof LimitDeleted) {
            endedOnPurpose.addAll(page.held.keySet());
            endedOnPurpose.addAll(page.queue.keySet());
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
