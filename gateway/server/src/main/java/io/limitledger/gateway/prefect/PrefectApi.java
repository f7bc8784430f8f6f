package io.limitledger.gateway.prefect;

import io.limitledger.client.Asking;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.gateway.prefect.route.PrefectRouter;
import io.limitledger.gateway.prefect.service.EventsSocket;
import io.limitledger.gateway.prefect.service.ServerRoutes;
import io.limitledger.gateway.prefect.v1.TagRoutes;
import io.limitledger.gateway.prefect.v2.LimitRoutes;
import io.limitledger.gateway.prefect.v2.Patience;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The Prefect API: everything below {@code /api}. */
public final class PrefectApi implements RouteGroup {
    private final Asking ledger;
    private final LimitsView view;
    private final Leases limits;
    private final Readiness readiness;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Duration wait;

    /**
     * What the API is made of.
     *
     * @param clock tells what has decayed by now, in answers that come from the view
     * @param random from 0 to 1, to spread those who try again
     * @param wait how long those stand in line who do not say
     */
    public PrefectApi(
            Asking ledger,
            LimitsView view,
            Leases limits,
            Readiness readiness,
            Clock clock,
            DoubleSupplier random,
            Duration wait) {
        this.ledger = ledger;
        this.view = view;
        this.limits = limits;
        this.readiness = readiness;
        this.clock = clock;
        this.random = random;
        this.wait = wait;
    }

    @Override
    public void addTo(Routes routes) {
        Operations operations = new Operations();
        new ServerRoutes(readiness).addTo(operations);
        new TagRoutes(ledger, view, limits).addTo(operations);
        new LimitRoutes(ledger, new LimitLookup(view), limits, clock, random, new Patience(wait.toMillis()))
                .addTo(operations);
        new EventsSocket().addTo(routes);
        new PrefectRouter(operations).addTo(routes);
    }
}
