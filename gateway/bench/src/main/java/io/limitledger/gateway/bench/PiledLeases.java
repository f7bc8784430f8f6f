package io.limitledger.gateway.bench;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everybody acquires from one limit, and releases, while others hold leases on it that stay. */
final class PiledLeases implements Workload {
    private static final long SLOTS = 1_000_000;

    /** Longer than any measurement. */
    private static final long HELD_MILLIS = 24L * 60 * 60 * 1_000;

    private final int held;
    private final String name;

    PiledLeases(int held) {
        this.held = held;
        this.name = "bench-leases-" + held;
    }

    @Override
    public String title() {
        return String.format(Locale.ROOT, "%,d leases", held);
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(Cycles.limit(name, SLOTS, 0));
    }

    @Override
    public List<LimitCommand> before() {
        return Stream.<LimitCommand>generate(() -> Cycles.acquire(name, LeaseIds.newFor(name), HELD_MILLIS, 0))
                .limit(held)
                .toList();
    }

    @Override
    public List<LimitCommand> cycle() {
        return Cycles.acquireAndRelease(name);
    }
}
