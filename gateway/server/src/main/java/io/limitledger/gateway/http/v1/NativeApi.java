package io.limitledger.gateway.http.v1;

import io.limitledger.client.Asking;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.events.LimitHistory;
import io.limitledger.gateway.events.LimitTrends;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import java.time.Clock;

/** The routes of the native API. */
public final class NativeApi implements RouteGroup {
    private final Asking ledger;
    private final LimitsView view;
    private final Leases several;
    private final EventTail events;
    private final EventStreams streams;
    private final LimitHistory history;
    private final LimitTrends trends;
    private final Clock clock;

    /** @param clock for what has decayed by now, in answers from the view */
    public NativeApi(
            Asking ledger,
            LimitsView view,
            Leases several,
            EventTail events,
            EventStreams streams,
            LimitHistory history,
            LimitTrends trends,
            Clock clock) {
        this.ledger = ledger;
        this.view = view;
        this.several = several;
        this.events = events;
        this.streams = streams;
        this.history = history;
        this.trends = trends;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        Need read = Need.limit(Right.READ, "name");
        Need hold = Need.limit(Right.HOLD, "name");
        Need define = Need.limit(Right.DEFINE, "name");
        DefinitionFields fields = new DefinitionFields(clock);
        Tags tags = new Tags(view, trends, clock);
        routes.get("/v1/limits", Need.CALLER, new ListLimitsRoute(view, trends, clock));
        routes.put("/v1/limits/{name}", define, new PutLimitRoute(ledger, fields, tags));
        routes.patch("/v1/limits/{name}", define, new UpdateLimitRoute(ledger, fields, tags));
        routes.get("/v1/limits/{name}", read, new GetLimitRoute(view, history, trends, clock));
        routes.delete("/v1/limits/{name}", define, new DeleteLimitRoute(ledger, tags));

        Holders holders = new Holders(view);
        AcquireLeaseRoute acquire = new AcquireLeaseRoute(several, holders, new RateLimitHeaders(view, clock));
        routes.post("/v1/limits/{name}/leases", hold, acquire);
        routes.get("/v1/limits/{name}/leases", read, new ListLeasesRoute(view));
        routes.get("/v1/limits/{name}/waiters", read, new ListWaitersRoute(view, clock));

        KeyRoutes keys = new KeyRoutes(ledger, view, fields, clock);
        routes.get("/v1/limits/{name}/keys", read, new ListKeysRoute(view, clock));
        routes.put("/v1/limits/{name}/keys/{key}", define, keys::put);
        routes.get("/v1/limits/{name}/keys/{key}", read, keys::get);
        routes.delete("/v1/limits/{name}/keys/{key}", define, keys::delete);

        routes.get("/v1/limits/{name}/events", read, new ListEventsRoute(events, history, view));
        routes.get("/v1/limits/{name}/trend", read, new GetTrendRoute(view, trends));
        routes.stream("/v1/events", Need.CALLER, new StreamEventsRoute(events, streams));
        routes.post("/v1/limits/{name}/what-if", read, new WhatIfRoute(history, fields, clock));

        AcquireSeveralRoute acquireSeveral = new AcquireSeveralRoute(several, view, holders);
        LeaseRights rights = new LeaseRights(view);
        RenewLeaseRoute renew = new RenewLeaseRoute(several, rights);
        SettleLeaseRoute settle = new SettleLeaseRoute(several, rights);
        ReleaseLeaseRoute release = new ReleaseLeaseRoute(several, rights);
        routes.post("/v1/leases", Need.CALLER, acquireSeveral);
        routes.get("/v1/leases/{leaseId}", Need.CALLER, new GetLeaseRoute(view));
        routes.get("/v1/leases/{leaseId}/events", Need.CALLER, new LeaseEventsRoute(events, history));
        routes.post("/v1/leases/{leaseId}/renew", Need.CALLER, renew);
        routes.post("/v1/leases/{leaseId}/settle", Need.CALLER, settle);
        routes.delete("/v1/leases/{leaseId}", Need.CALLER, release);

        HeldLeases held = new HeldLeases(view);
        view.onLeaseEnds(held);
        routes.session(
                "/v1/session",
                Need.CALLER,
                push -> new LeaseSession(several, acquire, acquireSeveral, renew, settle, release, held, push));
    }
}
