package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Records;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a decision has changed it finds again, however little is kept of what was read. */
class StoreRecordsTest {
    private static final String LIMIT = "database";
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final List<LimitCommand> COMMANDS = List.of(
            new PutLimit(LIMIT, new Definition(1, 0, true), null, true),
            new AcquireLease(LIMIT, FIRST, 1, 60_000, 0, null, List.of()),
            new AcquireLease(LIMIT, SECOND, 1, 60_000, 30_000, null, List.of()),
            new ReleaseLease(LIMIT, FIRST));

    @Test
    void shouldDecideTheSameWithOnePlaceForAllRecords() {
        // given
        StoreRecords records = new StoreRecords(store(), new RecentRecords(1));

        // when
        Limit limit = decide(records, records::flush);

        // then
        assertThat(limit).isEqualTo(decide(new HeapRecords(), () -> {}));
        assertThat(limit.leases()).isEqualTo(1);
        assertThat(limit.waiting()).isZero();
        assertThat(records.lease(LIMIT, SECOND)).isNotNull();
    }

    private static Limit decide(Records records, Runnable flush) {
        Ledger ledger = new Ledger(new IndexedLedgerState(records));
        for (int offset = 0; offset < COMMANDS.size(); offset++) {
            ledger.decide(new LogEntry(COMMANDS.get(offset), DrivenTopology.START + offset, offset, null));
            flush.run();
        }
        return records.limit(LIMIT);
    }

    private static KeyValueStore<String, byte[]> store() {
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), null);
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LedgerTopology.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
