package io.limitledger.gateway.http.v1;

import io.limitledger.gateway.access.AccessAdmin;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes about who may do what. */
public final class AccessApi implements RouteGroup {
    private final List<String> ways;
    private final @Nullable AccessAdmin admin;
    private final Clock clock;

    /**
     * Routes over these tokens and rights.
     *
     * @param ways in which callers may show who they are
     * @param admin null if authentication is off: then no tokens and rights are kept
     */
    public AccessApi(List<String> ways, @Nullable AccessAdmin admin, Clock clock) {
        this.ways = ways;
        this.admin = admin;
        this.clock = clock;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/v1/whoami", Need.CALLER, new WhoamiRoute(ways));

        Need all = Need.all(Right.ADMIN);
        TokenRoutes tokens = new TokenRoutes(admin, clock);
        routes.get("/v1/tokens", all, tokens::list);
        routes.post("/v1/tokens", all, tokens::create);
        routes.get("/v1/tokens/{name}", all, tokens::get);
        routes.delete("/v1/tokens/{name}", all, tokens::revoke);
        routes.post("/v1/tokens/{name}/rotate", all, tokens::rotate);

        RightsRoutes rights = new RightsRoutes(admin);
        routes.get("/v1/rights", all, rights::list);
        routes.get("/v1/rights/{subject}", all, rights::get);
        routes.put("/v1/rights/{subject}", all, rights::put);
        routes.delete("/v1/rights/{subject}", all, rights::delete);
    }
}
