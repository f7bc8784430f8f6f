package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Everybody takes an estimate of tokens from a quota that is never used up, and says at the end how many it really was. */
final class Settlements implements Workload {
    private static final String LIMIT = "bench-tokens";
    private static final long SLOTS = 1_000_000_000;
    private static final long LEASE_MILLIS = 60_000;
    private static final long ESTIMATE = 1_200;

    @Override
    public String title() {
        return "settled cost";
    }

    @Override
    public List<PutLimit> limits() {
        List<Quota> quotas = List.of(new Quota(SLOTS, new SlidingPeriod(2)));
        Definition definition = new Definition(Definition.UNBOUNDED, 0, true, quotas, null, Queueing.DEFAULT);
        return List.of(new PutLimit(LIMIT, definition, null, false));
    }

    @Override
    public List<LimitCommand> cycle() {
        UUID leaseId = LeaseIds.newFor(LIMIT);
        Claim claim = new Claim(leaseId, LIMIT, ESTIMATE, LEASE_MILLIS, null, List.of());
        long used = ThreadLocalRandom.current().nextLong(ESTIMATE);
        return List.of(new AcquireLease(claim, 0, null), new ReleaseLease(LIMIT, leaseId, used));
    }
}
