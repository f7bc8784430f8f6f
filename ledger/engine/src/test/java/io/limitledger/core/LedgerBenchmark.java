package io.limitledger.core;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

/** What it takes to decide, and to apply what was decided to records on the heap: no bytes, no Kafka. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LedgerBenchmark {
    private static final String LIMIT = "database";
    private static final Asker ASKER = new Asker("replies", 0, "somebody", "1");
    private static final long LEASE_MILLIS = 60_000;

    /** Longer than any run. */
    private static final long HELD_MILLIS = 2_000_000_000L;

    /** Thirty commands a millisecond, so that what is remembered for a while is as much as under a heavy load. */
    private static final long PER_MILLI = 30;

    /** How many leases are held all the while on the same limit. */
    @Param({"10", "100000"})
    private int held;

    private Ledger ledger;
    private long offset;

    @Setup
    public void holdSome() {
        ledger = new Ledger(new IndexedLedgerState(new HeapRecords()));
        decide(new PutLimit(LIMIT, new Definition(1_000_000, 0, true), null, true));
        for (int lease = 0; lease < held; lease++) {
            decide(acquire(new UUID(1, lease), HELD_MILLIS));
        }
    }

    /** Two commands: there is no one without the other for long. */
    @Benchmark
    public Decision acquireAndRelease() {
        UUID leaseId = new UUID(2, offset);
        decide(acquire(leaseId, LEASE_MILLIS));
        return decide(new ReleaseLease(LIMIT, leaseId));
    }

    @Benchmark
    public Decision renew() {
        return decide(new RenewLease(LIMIT, new UUID(1, offset % held), HELD_MILLIS, null));
    }

    /** Nothing is due. */
    @Benchmark
    public Decision tick() {
        return decide(new Tick(LIMIT));
    }

    private static AcquireLease acquire(UUID leaseId, long leaseMillis) {
        return new AcquireLease(LIMIT, leaseId, 1, leaseMillis, 0, null, List.of());
    }

    private Decision decide(LimitCommand command) {
        offset++;
        return ledger.decide(new LogEntry(command, offset / PER_MILLI, offset, ASKER));
    }
}
