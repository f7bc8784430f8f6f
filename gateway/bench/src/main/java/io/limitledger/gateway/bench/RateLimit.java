package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.wire.LeaseIds;
import java.util.List;

/** Everybody takes slots that only decay, from one rate limit that is never full. */
final class RateLimit implements Workload {
    private static final String NAME = "bench-rate";
    private static final long SLOTS = 1_000_000;
    private static final double DECAY_PER_SECOND = 1_000_000;

    @Override
    public String title() {
        return "rate limit";
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(Cycles.limit(NAME, SLOTS, DECAY_PER_SECOND));
    }

    @Override
    public List<LimitCommand> cycle() {
        return List.of(Cycles.acquire(NAME, LeaseIds.newFor(NAME), 0, 0));
    }
}
