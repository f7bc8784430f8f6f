package io.limitledger.audit;

import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.StateKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The live state of a partition according to its changelog, with which the fold of the events is compared. */
final class LiveState {
    private final int partition;
    private final Findings findings;
    private final HeapRecords records = new HeapRecords();
    private final IndexedLedgerState state;
    private final Map<String, SealedLimit> sealed = new HashMap<>();
    private final Set<String> unmet;

    LiveState(int partition, Iterator<ConsumerRecord<byte[], byte[]>> changelog, Findings findings) {
        this.partition = partition;
        this.findings = findings;
        restore(changelog);
        this.state = new IndexedLedgerState(records);
        this.unmet = new HashSet<>(records.limits().keySet());
    }

    /** Most of a changelog is overtaken by what comes behind it, so nothing is parsed before its end. */
    private void restore(Iterator<ConsumerRecord<byte[], byte[]>> changelog) {
        Map<String, Latest> latest = new HashMap<>();
        changelog.forEachRemaining(record -> {
            if (record.key() == null) {
                unreadable(record.offset(), "it has no key");
                return;
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, new Latest(record.offset(), record.value()));
            }
        });
        latest.forEach(this::put);
    }

    /** The last record of a key. */
    // Never compared; the bytes as they came.
    @SuppressWarnings("ArrayRecordComponent")
    private record Latest(long offset, byte[] value) {}

    private void put(String key, Latest latest) {
        try {
            StateRecords.put(
                    records,
                    StateKey.parse(key),
                    latest.value(),
                    limit -> sealed.put(limit.limit().name(), limit));
        } catch (RuntimeException | StackOverflowError e) {
            unreadable(latest.offset(), String.valueOf(e.getMessage()));
        }
    }

    private void unreadable(long offset, String why) {
        findings.add(new Finding(
                Finding.Kind.STATE_DIFFERS,
                LedgerTopics.CHANGELOG,
                partition,
                offset,
                "",
                "Not a state record that a ledger wrote: " + why));
    }

    /** Compares where the fold has come to the event that this state was written with. */
    void meet(String name, Fold fold) {
        Limit limit = unmet.contains(name) ? records.limit(name) : null;
        if (limit == null || fold.isBroken(name) || fold.number(name) != limit.number()) {
            return;
        }
        Limit folded = fold.state().limit(name);
        if (folded == null || !folded.id().equals(limit.id())) {
            return;
        }
        unmet.remove(name);
        Head head = fold.head(name);
        SealedLimit expected = new SealedLimit(folded, head == null ? null : head.hash());
        compare(name, "its own record", expected, sealed.get(name));
        compare(name, "its leases", fold.state().leases(name), state.leases(name));
        compare(name, "its waiters", fold.state().waiters(name), state.waiters(name));
        compare(name, "its keys", fold.state().keyUses(name), state.keyUses(name));
        for (EndedLease ended : fold.state().endedOf(name)) {
            compare(name, "what is remembered", ended, records.ended(name, ended.leaseId()));
        }
    }

    private void compare(String limit, String what, Object folded, @Nullable Object live) {
        if (!Objects.equals(folded, live)) {
            findings.add(new Finding(
                    Finding.Kind.STATE_DIFFERS,
                    LedgerTopics.CHANGELOG,
                    partition,
                    -1,
                    limit,
                    "Expected " + what + " to be what the events make of it, but " + Difference.between(folded, live),
                    String.valueOf(folded),
                    String.valueOf(live)));
        }
    }

    /**
     * What the events have never made, and what they have made and the state does not have.
     *
     * @param settled offset in the events up to which this state has certainly come
     */
    void end(Fold fold, long settled) {
        for (String name : unmet) {
            Limit limit = Objects.requireNonNull(records.limit(name));
            if (!fold.isBroken(name)) {
                find(name, "Expected events up to number " + limit.number() + ", but the last is " + fold.number(name));
            }
        }
        for (String name : fold.records().limits().keySet()) {
            if (records.limit(name) == null && !fold.isBroken(name) && fold.since(name) < settled) {
                find(name, "The live state has no record of this limit");
            }
        }
    }

    private void find(String limit, String what) {
        findings.add(new Finding(Finding.Kind.STATE_DIFFERS, LedgerTopics.CHANGELOG, partition, -1, limit, what));
    }
}
