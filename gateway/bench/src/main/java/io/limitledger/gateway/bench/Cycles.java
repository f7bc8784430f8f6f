package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;

/** The pieces that workloads are made of. */
final class Cycles {
    private static final long LEASE_MILLIS = 60_000;

    private Cycles() {}

    static List<LimitCommand> acquireAndRelease(String limit) {
        UUID leaseId = LeaseIds.newFor(limit);
        return List.of(acquire(limit, leaseId, LEASE_MILLIS, 0), new ReleaseLease(limit, leaseId));
    }

    static AcquireLease acquire(String limit, UUID leaseId, long leaseMillis, long waitMillis) {
        return new AcquireLease(limit, leaseId, 1, leaseMillis, waitMillis, null, List.of());
    }

    static PutLimit limit(String name, long slots, double decayPerSecond) {
        return new PutLimit(name, new Definition(slots, decayPerSecond, true), null, false);
    }
}
