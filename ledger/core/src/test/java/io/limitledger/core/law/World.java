package io.limitledger.core.law;

import io.limitledger.core.Ledger;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.scenario.Heartbeats;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A ledger and its records, which are searched one by one instead of through an index. */
final class World {
    final HeapRecords records = new HeapRecords();
    private final Rules rules;
    private Ledger ledger;

    World() {
        this(RuleBook.OURS.newest());
    }

    World(Rules rules) {
        this.rules = rules;
        this.ledger = new Ledger(new IndexedLedgerState(records), rules);
    }

    static List<Decision> decideAll(List<LogEntry> log) {
        World world = new World();
        return log.stream().map(world::decide).toList();
    }

    /** Decides a command, and with it all messages between limits that follow, as if they arrived at once. */
    Decision decide(LogEntry entry) {
        applyHeartbeatsBefore(entry.timestamp());
        Decision decision = ledger.decide(entry);
        List<LimitEvent> events = new ArrayList<>(decision.events());
        List<Decision.Answer> answers = new ArrayList<>(decision.answers());
        Deque<Decision.Message> messages = new ArrayDeque<>(decision.messages());
        while (!messages.isEmpty()) {
            Decision.Message message = messages.remove();
            Decision next = ledger.decide(
                    new LogEntry(message.command(), entry.timestamp(), entry.offset(), null, message.by()));
            events.addAll(next.events());
            answers.addAll(next.answers());
            messages.addAll(next.messages());
        }
        return new Decision(events, decision.reply(), answers, List.of());
    }

    /** Applies the heartbeats that precede a command with this timestamp. */
    void applyHeartbeatsBefore(long timestamp) {
        Heartbeats.before(timestamp, ledger);
    }

    /** The partition's time at a command with this timestamp; both in epoch milliseconds. */
    long timeAt(long timestamp) {
        return Math.max(ledger.state().reachedAt(), timestamp + aheadMillis());
    }

    void apply(LimitEvent event) {
        ledger.apply(event);
    }

    /** By how much the partition's time is ahead of the broker's clock, in milliseconds. */
    long aheadMillis() {
        return records.leaseClock().aheadMillis();
    }

    void restart() {
        ledger = new Ledger(new IndexedLedgerState(records), rules);
    }

    long dueAt(String limit) {
        return ledger.dueAt(limit);
    }

    Limit limit(String name) {
        return Objects.requireNonNull(records.limit(name));
    }

    List<Limit> limits() {
        return List.copyOf(records.limits().values());
    }

    List<Lease> leases(String limit) {
        return leaseRecords(limit, Lease.class);
    }

    List<Waiter> waiters(String limit) {
        return leaseRecords(limit, Waiter.class);
    }

    List<EndedLease> ended(String limit) {
        return leaseRecords(limit, EndedLease.class);
    }

    private <T extends LeaseRecord> List<T> leaseRecords(String limit, Class<T> type) {
        List<T> found = new ArrayList<>();
        records.forEach(
                any -> {},
                record -> {
                    if (type.isInstance(record) && record.limit().equals(limit)) {
                        found.add(type.cast(record));
                    }
                },
                any -> {});
        return found;
    }

    /** The first limit, by name, on which the id holds or waits; null if none. */
    @Nullable
    String limitOf(UUID leaseId) {
        return records.limits().keySet().stream()
                .filter(name -> records.lease(name, leaseId) != null || records.waiter(name, leaseId) != null)
                .findFirst()
                .orElse(null);
    }

    /** The same, or else the first limit that remembers slots without a lease under the id. */
    @Nullable
    String limitToSettle(UUID leaseId) {
        String limit = limitOf(leaseId);
        return limit != null
                ? limit
                : records.limits().keySet().stream()
                        .filter(name -> ended(name).stream()
                                .anyMatch(ended -> ended.leaseId().equals(leaseId) && ended.grant() != null))
                        .findFirst()
                        .orElse(null);
    }

    /** Whether what would be settled under the id is on other limits as well, so that the id alone does not say which is meant. */
    boolean isOnSeveral(UUID leaseId) {
        String limit = limitToSettle(leaseId);
        Lease lease = limit == null ? null : records.lease(limit, leaseId);
        EndedLease ended = limit == null ? null : records.ended(limit, leaseId);
        Lease charged = lease != null ? lease : ended == null ? null : ended.grant();
        return charged != null && !charged.siblings().isEmpty();
    }

    /**
     * A copy of the limits' records. The lease clock belongs to the partition, and its heartbeats appear in no event,
     * so it is not copied.
     */
    HeapRecords copy() {
        return copy(UnaryOperator.identity());
    }

    /** A copy of the limits' records, with a change to each limit's own record. */
    HeapRecords copy(UnaryOperator<Limit> change) {
        HeapRecords copy = new HeapRecords();
        limits().forEach(limit -> copy.put(change.apply(limit)));
        records.forEach(any -> {}, copy::put, copy::put);
        return copy;
    }
}
