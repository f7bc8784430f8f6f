package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Everybody holds a lease on one limit for long, and renews it again and again. */
final class Renewals implements Workload {
    private static final String NAME = "bench-renewals";
    private static final long SLOTS = 100_000;
    private static final long LEASE_MILLIS = 60_000;
    private static final int RENEWALS_PER_LEASE = 8;

    @Override
    public String title() {
        return "renewals";
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(Cycles.limit(NAME, SLOTS, 0));
    }

    @Override
    public List<LimitCommand> cycle() {
        UUID leaseId = LeaseIds.newFor(NAME);
        List<LimitCommand> cycle = new ArrayList<>();
        cycle.add(Cycles.acquire(NAME, leaseId, LEASE_MILLIS, 0));
        for (int renewal = 0; renewal < RENEWALS_PER_LEASE; renewal++) {
            cycle.add(new RenewLease(NAME, leaseId, LEASE_MILLIS, null));
        }
        cycle.add(new ReleaseLease(NAME, leaseId));
        return cycle;
    }
}
