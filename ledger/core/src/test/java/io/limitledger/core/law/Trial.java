package io.limitledger.core.law;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.scenario.Heartbeats;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One limit, what is asked of it, and what it granted. */
final class Trial {
    static final String LIMIT = "api";
    static final long START = 1_700_000_000_000L;

    final HeapRecords records = new HeapRecords();
    final IndexedLedgerState state = new IndexedLedgerState(records);
    final List<Lease> grants = new ArrayList<>();
    private final Ledger ledger = new Ledger(state);
    long now = START;
    private long offset;
    private long ids;

    Trial(Definition definition) {
        decide(new PutLimit(LIMIT, definition, null, false));
    }

    Reply decide(LimitCommand command) {
        return decideAll(command).reply();
    }

    Decision decideAll(LimitCommand command) {
        Heartbeats.before(now, ledger);
        Asker asker = new Asker("limits.replies", 0, "client", "asker");
        Decision decision = ledger.decide(new LogEntry(command, now, offset++, asker));
        decision.events().stream()
                .map(LimitEvent::fact)
                .filter(LeaseGranted.class::isInstance)
                .forEach(fact -> grants.add(((LeaseGranted) fact).lease()));
        return decision;
    }

    AcquireLease acquire(long slots, long leaseMillis, long waitMillis, @Nullable String key) {
        return acquire(slots, leaseMillis, waitMillis, new Terms(key, 0, null, Terms.OnExpiry.CHARGE));
    }

    AcquireLease acquire(long slots, long leaseMillis, long waitMillis, Terms terms) {
        Claim claim = new Claim(new UUID(0, ++ids), LIMIT, slots, leaseMillis, null, List.of(), terms);
        return new AcquireLease(claim, waitMillis, null);
    }

    void release(UUID leaseId) {
        decide(new ReleaseLease(LIMIT, leaseId));
    }

    /** Lets time pass, with a tick whenever something is due. */
    void passTicking(long millis) {
        long end = now + millis;
        while (true) {
            long due = ledger.dueAt(LIMIT);
            if (due == LedgerState.NEVER || due > end) {
                break;
            }
            now = Math.max(now, due);
            decide(new Tick(LIMIT));
        }
        now = end;
    }

    void pass(long millis) {
        now += millis;
    }

    Limit limit() {
        return Objects.requireNonNull(records.limit(LIMIT));
    }

    /** A key's slots as the ledger counts them; 0 where it has no record. */
    long held(String key) {
        var use = state.keyUse(LIMIT, key);
        return use == null ? 0 : use.held();
    }
}
