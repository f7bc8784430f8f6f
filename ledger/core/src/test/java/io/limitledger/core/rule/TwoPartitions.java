package io.limitledger.core.rule;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of two partitions. What limits send to one another is kept in {@link #messages()}, to be delivered, lost or
 * repeated as a test likes. Limits whose name begins with a capital letter lie in the one, all others in the other.
 */
final class TwoPartitions {
    private final Map<Boolean, Ledger> ledgers = new HashMap<>();
    private final List<Decision.Message> underway = new ArrayList<>();
    private final List<Decision.Answer> answers = new ArrayList<>();
    private final List<LimitEvent> events = new ArrayList<>();
    private long now = 1_000_000;
    private long offset;
    private final Map<Boolean, Long> skipped = new HashMap<>(Map.of(true, 0L, false, 0L));

    TwoPartitions() {
        ledgers.put(true, new Ledger(new IndexedLedgerState(new HeapRecords())));
        ledgers.put(false, new Ledger(new IndexedLedgerState(new HeapRecords())));
    }

    Reply decide(LimitCommand command) {
        return decide(command, null);
    }

    Reply decide(LimitCommand command, @Nullable Asker asker) {
        return decide(command, asker, null);
    }

    Reply decide(LimitCommand command, @Nullable Asker asker, @Nullable String by) {
        String limit = String.valueOf(command.limit());
        long itsOffset = offset++ + skipped.get(Character.isUpperCase(limit.charAt(0)));
        Decision decision = ledgerOf(limit).decide(new LogEntry(command, now, itsOffset, asker, by));
        underway.addAll(decision.messages());
        events.addAll(decision.events());
        answers.addAll(decision.answers());
        return decision.reply();
    }

    /** As if so many commands had come before in the partition of a limit. */
    void skipOffsets(String limit, long commands) {
        skipped.put(Character.isUpperCase(limit.charAt(0)), commands);
    }

    Reply acquire(String limit, UUID leaseId, long waitMillis) {
        return decide(new AcquireLease(limit, leaseId, 1, 60_000, waitMillis, null, List.of()), asker(leaseId));
    }

    static Asker asker(UUID leaseId) {
        return new Asker("replies", 0, "test", leaseId.toString());
    }

    void pass(long millis) {
        now += millis;
    }

    /** Commands without the names of those who caused them. */
    List<LimitCommand> underway() {
        return underway.stream().map(Decision.Message::command).toList();
    }

    /** What is under way, to be delivered in any order. */
    List<Decision.Message> messages() {
        return underway;
    }

    /** All events so far. */
    List<LimitEvent> events() {
        return events;
    }

    /** Loses all that is under way. */
    void lose() {
        underway.clear();
    }

    /** Delivers everything under way, and what follows from it. */
    void deliver() {
        while (!underway.isEmpty()) {
            Decision.Message next = underway.remove(0);
            decide(next.command(), null, next.by());
        }
    }

    List<Decision.Answer> answers() {
        return answers;
    }

    @Nullable
    Limit limit(String name) {
        return stateOf(name).limit(name);
    }

    LedgerState stateOf(String name) {
        return ledgerOf(name).state();
    }

    Ledger ledgerOf(String name) {
        return ledgers.get(Character.isUpperCase(name.charAt(0)));
    }
}
