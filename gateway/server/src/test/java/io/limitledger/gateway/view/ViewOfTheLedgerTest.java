package io.limitledger.gateway.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomLog;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.view.KeyInView.Order;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The view shows what the ledger has, whatever its log was: the records that each decision changes are replayed in pieces that
 * end anywhere, as they are polled, and as a compacted topic would have them.
 */
class ViewOfTheLedgerTest {
    private static final int SEEDS = Integer.getInteger("view.seeds", 60);
    private static final int ENTRIES = 400;
    private static final Mix MIX = new Mix(
            List.of("a", "b", "c", "d"), List.of(0.0, 0.0, 1.0), true, true, true, true, true, true, true, true);

    @Test
    void shouldShowWhatTheLedgerHas() {
        int keys = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            // given
            Written written = new Written(seed);
            List<String> passedOver = new ArrayList<>();
            ViewState view = new ViewState(1);

            // when
            for (List<ConsumerRecord<byte[], byte[]>> piece : pieces(written.records, new Random(seed))) {
                view.apply(piece, (record, why) -> passedOver.add(new String(record.key(), UTF_8) + ": " + why));
            }

            // then
            assertThat(passedOver).describedAs("seed %s", seed).isEmpty();
            assertThat(shown(view)).describedAs("seed %s", seed).isEqualTo(known(written.state));
            assertThat(keys(view, written.state))
                    .describedAs("keys of seed %s", seed)
                    .isEqualTo(keys(written.state));
            keys += keys(written.state).values().stream().mapToInt(List::size).sum();
        }
        assertThat(keys).isGreaterThan(SEEDS);
    }

    @Test
    void shouldShowTheSameFromACompactedTopic() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // given
            Written written = new Written(seed);
            List<String> passedOver = new ArrayList<>();
            ViewState view = new ViewState(1);

            // when
            for (List<ConsumerRecord<byte[], byte[]>> piece : pieces(compacted(written.records), new Random(seed))) {
                view.apply(piece, (record, why) -> passedOver.add(new String(record.key(), UTF_8) + ": " + why));
            }

            // then
            assertThat(passedOver).describedAs("seed %s", seed).isEmpty();
            assertThat(shown(view)).describedAs("seed %s", seed).isEqualTo(known(written.state));
            assertThat(keys(view, written.state))
                    .describedAs("keys of seed %s", seed)
                    .isEqualTo(keys(written.state));
        }
    }

    @Test
    void shouldListEachKeyOnceInEachOrder() {
        // given
        Written written = new Written(7);
        ViewState view = new ViewState(1);
        view.apply(written.records, (record, why) -> {});

        for (String limit : written.state.limits().keySet()) {
            KeysInView keys = view.keys();
            List<KeyInView> all = keys.list(limit, Order.NAME, null, Integer.MAX_VALUE);
            for (Order order : Order.values()) {
                // when
                List<KeyInView> paged = new ArrayList<>();
                List<KeyInView> page = keys.list(limit, order, null, 2);
                while (!page.isEmpty()) {
                    paged.addAll(page);
                    page = keys.list(limit, order, page.get(page.size() - 1).position(order), 2);
                }

                // then
                assertThat(paged).hasSize((int) keys.count(limit)).containsExactlyInAnyOrderElementsOf(all);
                assertThat(paged).isSortedAccordingTo(Comparator.comparing(key -> key.position(order)));
            }
        }
    }

    /** What a ledger writes while it decides a random log. */
    private static final class Written {
        final HeapRecords state = new HeapRecords();
        final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

        Written(long seed) {
            Ledger ledger = new Ledger(new IndexedLedgerState(state));
            Map<String, Object> before = Map.of();
            for (LogEntry entry : RandomLog.of(seed, MIX, ENTRIES)) {
                decide(entry, ledger);
                Map<String, Object> after = records(state);
                write(before, after);
                before = after;
            }
        }

        /** With the messages between limits that follow from it, as if they arrived at once. */
        private static void decide(LogEntry entry, Ledger ledger) {
            Deque<Decision.Message> messages =
                    new ArrayDeque<>(ledger.decide(entry).messages());
            while (!messages.isEmpty()) {
                Decision.Message message = messages.remove();
                LogEntry next = new LogEntry(message.command(), entry.timestamp(), entry.offset(), null, message.by());
                messages.addAll(ledger.decide(next).messages());
            }
        }

        /** Keys and leases first, a limit's own record last: as the ledger writes a decision. */
        private void write(Map<String, Object> before, Map<String, Object> after) {
            List<String> changed = new ArrayList<>();
            after.forEach((key, record) -> {
                if (!record.equals(before.get(key))) {
                    changed.add(key);
                }
            });
            before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(changed::add);
            changed.sort(Comparator.comparing((String key) -> key.startsWith("limit/"))
                    .thenComparing(key -> key));
            changed.forEach(key -> add(key, after.get(key)));
        }

        private void add(String key, @Nullable Object record) {
            byte[] value = record == null ? null : StateRecord.write(StateKey.parse(key), record);
            records.add(new ConsumerRecord<>(LedgerTopics.CHANGELOG, 0, records.size(), key.getBytes(UTF_8), value));
        }
    }

    private static Map<String, Object> records(HeapRecords state) {
        Map<String, Object> records = new TreeMap<>();
        state.forEach(
                limit -> records.put(StateKey.ofLimit(limit.name()).text(), new SealedLimit(limit, null)),
                lease -> records.put(
                        StateKey.ofLease(lease.limit(), lease.leaseId()).text(), lease),
                use -> records.put(StateKey.ofKey(use.limit(), use.key()).text(), use));
        records.put(StateKey.LEASE_CLOCK.text(), state.leaseClock());
        return records;
    }

    /** Limits, leases and waiters; what has ended is not shown. */
    private static Map<String, Object> known(HeapRecords state) {
        Map<String, Object> known = records(state);
        known.values().removeIf(record -> record instanceof EndedLease || record instanceof KeyUse);
        known.remove(StateKey.LEASE_CLOCK.text());
        return known;
    }

    private static Map<String, Object> shown(ViewState view) {
        return known(view.records());
    }

    private static Map<String, List<KeyInView>> keys(HeapRecords state) {
        Map<String, Map<String, KeyInView>> keys = new TreeMap<>();
        state.limits().keySet().forEach(limit -> keys.put(limit, new TreeMap<>()));
        state.forEach(
                limit -> {},
                lease -> countWaiter(lease, keys),
                use -> of(use.limit(), keys)
                        .merge(use.key(), new KeyInView(use.key(), use, 0), (one, other) -> one.with(use)));
        Map<String, List<KeyInView>> lists = new TreeMap<>();
        keys.forEach((limit, known) -> {
            known.remove(KeyUse.WITHOUT_KEY);
            lists.put(limit, List.copyOf(known.values()));
        });
        return lists;
    }

    private static void countWaiter(LeaseRecord lease, Map<String, Map<String, KeyInView>> keys) {
        if (lease instanceof Waiter waiter && waiter.claim().key() != null) {
            String key = Objects.requireNonNull(waiter.claim().key());
            of(waiter.limit(), keys).merge(key, new KeyInView(key, null, 1), (one, other) -> one.waiting(1));
        }
    }

    private static Map<String, KeyInView> of(String limit, Map<String, Map<String, KeyInView>> keys) {
        return keys.computeIfAbsent(limit, name -> new TreeMap<>());
    }

    private static Map<String, List<KeyInView>> keys(ViewState view, HeapRecords state) {
        Map<String, List<KeyInView>> keys = new TreeMap<>();
        for (Limit limit : state.limits().values()) {
            keys.put(limit.name(), view.keys().list(limit.name(), Order.NAME, null, Integer.MAX_VALUE));
        }
        return keys;
    }

    /** Only the last record of each key, in the order of those. */
    private static List<ConsumerRecord<byte[], byte[]>> compacted(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), UTF_8);
            last.remove(key);
            last.put(key, record);
        }
        return List.copyOf(last.values());
    }

    private static List<List<ConsumerRecord<byte[], byte[]>>> pieces(
            List<ConsumerRecord<byte[], byte[]>> records, Random random) {
        List<List<ConsumerRecord<byte[], byte[]>>> pieces = new ArrayList<>();
        int from = 0;
        while (from < records.size()) {
            int to = Math.min(records.size(), from + 1 + random.nextInt(20));
            pieces.add(Collections.unmodifiableList(records.subList(from, to)));
            from = to;
        }
        return pieces;
    }
}
