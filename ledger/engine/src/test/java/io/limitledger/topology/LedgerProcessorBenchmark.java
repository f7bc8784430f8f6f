package io.limitledger.topology;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.LedgerProcessor.Dependencies;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All that the ledger's thread does for a command between Kafka and Kafka: read it, decide it, keep the state, write the
 * events. One operation is a lease's life: acquired, renewed and released, three commands.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LedgerProcessorBenchmark {
    private static final String LIMIT = "database";
    private static final Asker ASKER = new Asker(LedgerTopics.REPLIES, 0, "somebody", "1");

    /** How many leases are held all the while on the same limit. */
    @Param({"10", "100000"})
    private int held;

    private MockProcessorContext<byte[], byte[]> context;
    private LedgerProcessor processor;
    private long offset;

    /** Loses everything, so that only the ledger's own work counts. */
    private static final class Nowhere implements Outbox {
        @Override
        public void send(Asker asker, ReplyRecord reply) {
            // Nobody listens.
        }

        @Override
        public void send(LimitCommand command, int partition, @Nullable String by) {
            // Nobody listens.
        }
    }

    @Setup
    public void holdSome() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), null);
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        HeapStore.supplier(LedgerTopics.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(DrivenTopology.START);
        processor = new LedgerProcessor(new Dependencies(1, new Nowhere(), LedgerMetrics.NONE, ReplyTopics.OURS));
        processor.init(context);
        process(new PutLimit(LIMIT, new Definition(1_000_000, 0, true), null, true));
        for (int lease = 0; lease < held; lease++) {
            process(acquire(LeaseIds.newFor(LIMIT), 2_000_000_000L));
        }
    }

    @Benchmark
    public void acquireRenewRelease() {
        UUID leaseId = LeaseIds.newFor(LIMIT);
        process(acquire(leaseId, 60_000));
        process(new RenewLease(LIMIT, leaseId, 60_000, null));
        process(new ReleaseLease(LIMIT, leaseId));
    }

    private static AcquireLease acquire(UUID leaseId, long leaseMillis) {
        return new AcquireLease(LIMIT, leaseId, 1, leaseMillis, 0, null, List.of());
    }

    /** Thirty commands a millisecond, so that what is remembered for a while is as much as under a heavy load. */
    private void process(LimitCommand command) {
        ProducerRecord<byte[], byte[]> asked = new CommandRecord(command, ASKER).to(0);
        context.setRecordMetadata(LedgerTopics.COMMANDS, 0, offset);
        long timestamp = DrivenTopology.START + offset / 30;
        context.setCurrentSystemTimeMs(timestamp);
        processor.process(new Record<>(asked.key(), asked.value(), timestamp, asked.headers()));
        context.resetForwards();
        offset++;
    }
}
