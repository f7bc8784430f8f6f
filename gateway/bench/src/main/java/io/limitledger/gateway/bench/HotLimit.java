package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import java.util.List;

/** Everybody acquires from one limit, and releases: the worst case, since a limit is decided by one thread. */
final class HotLimit implements Workload {
    private static final String NAME = "bench-hot";
    private static final long SLOTS = 100_000;

    @Override
    public String title() {
        return "hot limit";
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(Cycles.limit(NAME, SLOTS, 0));
    }

    @Override
    public List<LimitCommand> cycle() {
        return Cycles.acquireAndRelease(NAME);
    }
}
