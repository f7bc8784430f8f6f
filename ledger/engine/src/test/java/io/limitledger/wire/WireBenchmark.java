package io.limitledger.wire;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.SealedLimit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each record of an acquire costs on its way from and to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class WireBenchmark {
    private static final String LIMIT = "database";
    private static final long NOW = 1_795_000_000_000L;

    private final AcquireLease command = new AcquireLease(
            LIMIT, UUID.fromString("1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01"), 1, 60_000, 0, null, List.of());
    private final IndexedLedgerState state = new IndexedLedgerState(new HeapRecords());
    private final Decision decision = acquired();
    private final Reply reply = decision.reply();
    private final LimitEvent event = decision.events().get(0);
    private final Lease lease = Objects.requireNonNull(state.lease(LIMIT, command.leaseId()));
    private final SealedLimit limit =
            new SealedLimit(Objects.requireNonNull(state.limit(LIMIT)), "0123456789abcdef".repeat(4));
    private final StateKey leaseKey = StateKey.ofLease(LIMIT, command.leaseId());
    private final StateKey limitKey = StateKey.ofLimit(LIMIT);
    private final byte[] commandBytes = CommandJson.write(command);
    private final byte[] leaseBytes = StateRecord.write(leaseKey, lease);
    private final byte[] limitBytes = StateRecord.write(limitKey, limit);

    private Decision acquired() {
        Ledger ledger = new Ledger(state);
        ledger.decide(new LogEntry(new PutLimit(LIMIT, new Definition(10, 0, true), null, true), NOW, 0, null));
        return ledger.decide(new LogEntry(command, NOW, 1, new Asker("limits.replies", 0, "somebody", "1")));
    }

    @Benchmark
    public byte[] writeCommand() {
        return CommandJson.write(command);
    }

    @Benchmark
    public LimitCommand readCommand() throws UnreadableRecordException {
        return CommandJson.read(commandBytes);
    }

    @Benchmark
    public byte[] writeEvent() {
        return EventJson.write(event);
    }

    @Benchmark
    public byte[] writeReply() {
        return ReplyJson.write(reply);
    }

    @Benchmark
    public byte[] writeLeaseRecord() {
        return StateRecord.write(leaseKey, lease);
    }

    @Benchmark
    public LeaseRecord readLeaseRecord() {
        return StateRecord.lease(leaseKey, leaseBytes);
    }

    @Benchmark
    public byte[] writeLimitRecord() {
        return StateRecord.write(limitKey, limit);
    }

    @Benchmark
    public SealedLimit readLimitRecord() {
        return StateRecord.limit(limitKey, limitBytes);
    }
}
