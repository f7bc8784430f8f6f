package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Terms;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Everybody acquires with some key out of many, each of which holds a slot all the while, and releases. */
final class ManyKeys implements Workload {
    private static final long SLOTS = 1_000_000;
    private static final long SLOTS_PER_KEY = 1_000;
    private static final long LEASE_MILLIS = 60_000;

    /** Longer than any measurement. */
    private static final long HELD_MILLIS = 24L * 60 * 60 * 1_000;

    private final int keys;
    private final String limit;

    ManyKeys(int keys) {
        this.keys = keys;
        this.limit = "bench-keys-" + keys;
    }

    @Override
    public String title() {
        return String.format(Locale.ROOT, "%,d keys", keys);
    }

    @Override
    public List<PutLimit> limits() {
        KeyBounds perKey = new KeyBounds(SLOTS_PER_KEY, 0, List.of());
        Definition definition = new Definition(SLOTS, 0, true, List.of(), perKey, Queueing.DEFAULT);
        return List.of(new PutLimit(limit, definition, null, false));
    }

    @Override
    public List<LimitCommand> before() {
        return IntStream.range(0, keys)
                .<LimitCommand>mapToObj(key -> acquire(LeaseIds.newFor(limit), key, HELD_MILLIS))
                .toList();
    }

    @Override
    public List<LimitCommand> cycle() {
        UUID leaseId = LeaseIds.newFor(limit);
        int key = ThreadLocalRandom.current().nextInt(keys);
        return List.of(acquire(leaseId, key, LEASE_MILLIS), new ReleaseLease(limit, leaseId));
    }

    private AcquireLease acquire(UUID leaseId, int key, long leaseMillis) {
        Terms terms = new Terms("customer-" + key, 0, null, Terms.OnExpiry.CHARGE);
        return new AcquireLease(new Claim(leaseId, limit, 1, leaseMillis, null, List.of(), terms), 0, null);
    }
}
