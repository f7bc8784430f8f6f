package io.limitledger.gateway.prefect;

import io.limitledger.client.Asking;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.ReservedLimit;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.gateway.prefect.route.PrefectRouter;
import io.limitledger.gateway.prefect.v1.TagRoutes;
import io.limitledger.gateway.prefect.v2.Denials;
import io.limitledger.gateway.prefect.v2.LeaseRoutes;
import io.limitledger.gateway.prefect.v2.LimitRoutes;
import io.limitledger.gateway.prefect.v2.Preferences;
import io.limitledger.gateway.prefect.v2.RetrySeconds;
import io.limitledger.gateway.prefect.v2.SlotRoutes;
import io.limitledger.gateway.prefect.v2.SlotTaker;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The Prefect API: everything below {@code /api}. */
public final class PrefectApi implements RouteGroup {
    private final Asking ledger;
    private final LimitsView view;
    private final Leases leases;
    private final Readiness readiness;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Duration wait;
    private final Gatekeeper gatekeeper;

    /**
     * What the API is made of.
     *
     * @param clock for what has decayed by now, in answers from the view
     * @param random from 0 to 1, to spread clients that try again
     * @param wait how long a client waits in the queue if its request does not say
     * @param gatekeeper for sockets, whose clients show who they are by a message
     */
    public PrefectApi(
            Asking ledger,
            LimitsView view,
            Leases leases,
            Readiness readiness,
            Clock clock,
            DoubleSupplier random,
            Duration wait,
            Gatekeeper gatekeeper) {
        this.ledger = ledger;
        this.view = view;
        this.leases = leases;
        this.readiness = readiness;
        this.clock = clock;
        this.random = random;
        this.wait = wait;
        this.gatekeeper = gatekeeper;
    }

    @Override
    public void addTo(Routes routes) {
        Operations operations = new Operations();
        new ServerRoutes(readiness).addTo(operations);
        new TagRoutes(ledger, view, leases).addTo(operations);
        LimitLookup lookup = new LimitLookup(view);
        SlotTaker taker = new SlotTaker(lookup, new Denials(new RetrySeconds(random, clock)));
        Preferences preferences = new Preferences(wait.toMillis());
        new LimitRoutes(ledger, lookup, clock).addTo(operations);
        new SlotRoutes(ledger, lookup, leases, taker, preferences).addTo(operations);
        new LeaseRoutes(leases, new LeaseRights(view), new ReservedLimit(ledger), taker, preferences).addTo(operations);
        new EventsSocket(gatekeeper).addTo(routes);
        new PrefectRouter(operations).addTo(routes);
    }
}
