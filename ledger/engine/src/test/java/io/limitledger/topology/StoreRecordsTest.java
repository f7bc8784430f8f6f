package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Records;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.StateKey;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a decision has changed it finds again, however little is kept of what was read; and it is written once. */
class StoreRecordsTest {
    private static final String LIMIT = "database";
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final List<LimitCommand> COMMANDS = List.of(
            new PutLimit(LIMIT, new Definition(1, 0, true), null, true),
            new AcquireLease(LIMIT, FIRST, 1, 60_000, 0, null, List.of()),
            new AcquireLease(LIMIT, SECOND, 1, 60_000, 30_000, null, List.of()),
            new ReleaseLease(LIMIT, FIRST));

    private static final String LIMIT_KEY = StateKey.ofLimit(LIMIT).text();
    private static final String CLOCK_KEY = StateKey.LEASE_CLOCK.text();
    private static final String FIRST_KEY = StateKey.ofLease(LIMIT, FIRST).text();
    private static final String SECOND_KEY = StateKey.ofLease(LIMIT, SECOND).text();

    private final List<String> written = new ArrayList<>();

    @Test
    void shouldDecideTheSameWithOnePlaceForAllRecords() {
        // given
        StoreRecords records = new StoreRecords(store(), new RecentRecords(1));

        // when
        Limit limit = decide(COMMANDS, records, records::flush);

        // then
        assertThat(limit).isEqualTo(decide(COMMANDS, new HeapRecords(), () -> {}));
        assertThat(limit.leases()).isEqualTo(1);
        assertThat(limit.waiting()).isZero();
        assertThat(records.lease(LIMIT, SECOND)).isNotNull();
    }

    @Test
    void shouldWriteOneRecordForEachIdAndTheLimitLast() {
        // given
        StoreRecords records = new StoreRecords(recording(store()));

        // when
        decide(COMMANDS, records, () -> {
            records.flush();
            written.add("flushed");
        });

        // then
        assertThat(written)
                .containsExactly(
                        LIMIT_KEY,
                        "flushed",
                        FIRST_KEY,
                        LIMIT_KEY,
                        // The first grant begins the time of the partition; the processor, which seals limits, writes
                        // it before.
                        CLOCK_KEY,
                        "flushed",
                        SECOND_KEY,
                        LIMIT_KEY,
                        "flushed",
                        FIRST_KEY,
                        SECOND_KEY,
                        LIMIT_KEY,
                        // No lease was held in between, so what is handed over is a first one again.
                        CLOCK_KEY,
                        "flushed");
    }

    @Test
    void shouldWriteWhatChangesTwiceInADecisionOnce() {
        // given
        StoreRecords records = new StoreRecords(recording(store()));

        // when
        decide(COMMANDS, records, () -> {});
        records.flush();

        // then
        assertThat(written).containsExactly(FIRST_KEY, SECOND_KEY, LIMIT_KEY, CLOCK_KEY);
        assertThat(records.ended(LIMIT, FIRST)).isNotNull();
        assertThat(records.lease(LIMIT, SECOND)).isNotNull();
    }

    @Test
    void shouldWriteWhatDecisionsOnOneLimitChangeTogether() {
        // given
        StoreRecords records = new StoreRecords(recording(store()));
        records.begin(LIMIT);

        // when
        decide(COMMANDS, records, () -> records.begin(LIMIT));

        // then
        assertThat(written).isEmpty();
        assertThat(records.limit(LIMIT)).isNotNull();
    }

    /** So that a reader of the changelog that has seen the record of one limit has seen all earlier ones of others. */
    @Test
    void shouldWriteALimitBeforeADecisionOnAnother() {
        // given
        StoreRecords records = new StoreRecords(recording(store()));
        records.begin(LIMIT);
        decide(COMMANDS, records, () -> {});

        // when
        records.begin("another");

        // then
        assertThat(written).containsExactly(FIRST_KEY, SECOND_KEY, LIMIT_KEY, CLOCK_KEY);
    }

    @Test
    void shouldTellOfTheRemovalOfALimitLast() {
        // given
        KeyValueStore<String, byte[]> store = store();
        StoreRecords records = new StoreRecords(recording(store));
        decide(COMMANDS, records, records::flush);
        written.clear();

        // when
        decide(List.of(new DeleteLimit(LIMIT)), records, records::flush);

        // then
        assertThat(written).endsWith(LIMIT_KEY, StateKey.REMOVALS.text()).contains(FIRST_KEY, SECOND_KEY);
        assertThat(store.get(StateKey.REMOVALS.text())).isNotNull();
        assertThat(store.get(CLOCK_KEY)).isNotNull();
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    private static Limit decide(List<LimitCommand> commands, Records records, Runnable flush) {
        Ledger ledger = new Ledger(new IndexedLedgerState(records));
        for (int offset = 0; offset < commands.size(); offset++) {
            ledger.decide(new LogEntry(commands.get(offset), DrivenTopology.START + offset, offset, null));
            flush.run();
        }
        return records.limit(LIMIT);
    }

    /** The same store, that notes the key of each record that is written. */
    @SuppressWarnings("unchecked") // A proxy knows no type parameters.
    private KeyValueStore<String, byte[]> recording(KeyValueStore<String, byte[]> store) {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                StoreRecordsTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("put")) {
                        written.add((String) arguments[0]);
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static KeyValueStore<String, byte[]> store() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), null);
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        HeapStore.supplier(LedgerTopics.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
