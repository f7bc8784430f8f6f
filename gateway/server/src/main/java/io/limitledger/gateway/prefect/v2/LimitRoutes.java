package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.ReservedLimit;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.lease.Leases;
import java.time.Clock;
import java.util.function.DoubleSupplier;

/** The routes of limits and their slots. */
public final class LimitRoutes {
    private static final String LIMITS = "/v2/concurrency_limits";
    private static final String LIMIT = LIMITS + "/{id_or_name}";

    private final Asking ledger;
    private final LimitLookup lookup;
    private final Leases limits;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Patience patience;

    public LimitRoutes(
            Asking ledger, LimitLookup lookup, Leases limits, Clock clock, DoubleSupplier random, Patience patience) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.patience = patience;
    }

    public void addTo(Operations operations) {
        SlotTaker taker = new SlotTaker(lookup, new Denials(new RetryAfter(new Jitter(random), clock)));

        operations.post(LIMITS + "/", new CreateRoute(ledger));
        operations.get(LIMIT, new ReadRoute(lookup, clock));
        operations.post(LIMITS + "/filter", new FilterRoute(lookup, clock));
        operations.patch(LIMIT, new PatchRoute(ledger, lookup, clock));
        operations.delete(LIMIT, new DeleteRoute(ledger, lookup));

        operations.post(LIMITS + "/increment", new IncrementRoute(taker, limits, patience));
        operations.post(
                LIMITS + "/increment-with-lease",
                new AcquireRoute(taker, limits, new ReservedLimit(ledger, limits), patience));
        operations.post(LIMITS + "/decrement", new DecrementRoute(ledger, lookup));
        operations.post(LIMITS + "/decrement-with-lease", new ReleaseRoute(limits));
        operations.post(LIMITS + "/leases/{lease_id}/renew", new RenewRoute(limits));
    }
}
