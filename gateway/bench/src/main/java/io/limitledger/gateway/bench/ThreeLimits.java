package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;

/** Everybody acquires from the same three limits at once, all or nothing, and releases. */
final class ThreeLimits implements Workload {
    private static final String FIRST = "bench-three-1";
    private static final List<String> OTHERS = List.of("bench-three-2", "bench-three-3");
    private static final long SLOTS = 100_000;
    private static final long LEASE_MILLIS = 60_000;

    @Override
    public String title() {
        return "three limits at once";
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(FIRST, OTHERS.get(0), OTHERS.get(1)).stream()
                .map(name -> Cycles.limit(name, SLOTS, 0))
                .toList();
    }

    @Override
    public List<LimitCommand> cycle() {
        UUID leaseId = LeaseIds.newFor(FIRST);
        return List.of(
                new AcquireLease(FIRST, leaseId, 1, LEASE_MILLIS, 0, null, OTHERS), new ReleaseLease(FIRST, leaseId));
    }
}
