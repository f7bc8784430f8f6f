package io.limitledger.gateway.bench;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.state.CalendarPeriod;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Everybody acquires from one limit that says more than a number of slots, and releases. Nothing of it is ever used up. */
record ExtendedLimit(String title, String limit, Definition definition) implements Workload {
    private static final long SLOTS = 100_000;
    private static final long LEASE_MILLIS = 60_000;
    private static final int KEYS = 50;

    /** A sliding one, all of whose stretches have something in them soon, and one of the calendar. */
    private static final List<Quota> TWO_QUOTAS = List.of(
            new Quota(1_000_000_000, new SlidingPeriod(2)),
            new Quota(2_000_000_000, new CalendarPeriod(CalendarPeriod.Unit.DAY)));

    static ExtendedLimit quotas() {
        return new ExtendedLimit(
                "two quotas", "bench-quotas", new Definition(SLOTS, 0, true, TWO_QUOTAS, null, Queueing.DEFAULT));
    }

    /** With bounds of keys, of which a few come and go, and a fair queue. */
    static ExtendedLimit fair() {
        KeyBounds perKey = new KeyBounds(1_000, 0, List.of());
        Queueing queueing = new Queueing(Queueing.Order.FAIR, null, Queueing.WhenFull.REFUSE);
        return new ExtendedLimit(
                "keys, two quotas and fair",
                "bench-fair",
                new Definition(SLOTS, 0, true, TWO_QUOTAS, perKey, queueing));
    }

    @Override
    public List<PutLimit> limits() {
        return List.of(new PutLimit(limit, definition, null, false));
    }

    @Override
    public List<LimitCommand> cycle() {
        UUID leaseId = LeaseIds.newFor(limit);
        Claim claim = new Claim(leaseId, limit, 1, LEASE_MILLIS, null, List.of());
        String key = "key " + ThreadLocalRandom.current().nextInt(KEYS);
        Claim keyed = definition.isKeyed() ? claim.on(new Terms(key, 0, null, Terms.OnExpiry.CHARGE)) : claim;
        return List.of(new AcquireLease(keyed, 0, null), new ReleaseLease(limit, leaseId));
    }
}
