package io.limitledger.gateway.prefect.service;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.Operations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a server says about itself. Where clients compare versions, it is that of the server whose place we take. */
public final class ServerRoutes {
    /** Its major number must be the client's, and a lower one would be warned of. */
    private static final String SERVER_VERSION = "3.8.4";

    private static final String API_VERSION = "0.8.4";
    private static final Map<String, Object> SETTINGS = Map.of("server", Map.of("analytics_enabled", false));

    private final Readiness readiness;

    public ServerRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    public void addTo(Operations operations) {
        operations.getUnversioned("/health", request -> json(true));
        operations.getUnversioned("/version", request -> json(API_VERSION));
        operations.get("/hello", request -> json("👋"));
        operations.get("/ready", request -> ready());
        operations.get("/csrf-token", ServerRoutes::csrfToken);
        operations.get("/admin/version", request -> json(SERVER_VERSION));
        operations.get("/admin/settings", request -> json(SETTINGS));
        // The page of a tag's limit wants to know more of the runs that hold it. Without a Prefect server there is
        // none.
        operations.post("/task_runs/filter", request -> json(List.of()));
    }

    private static CompletableFuture<HttpAnswer> json(Object body) {
        return HttpAnswer.json(200, body).now();
    }

    private CompletableFuture<HttpAnswer> ready() {
        return readiness
                .look()
                .thenApply(parts -> parts.stream().allMatch(Readiness.Part::ready)
                        ? HttpAnswer.json(200, Map.of("message", "OK"))
                        : HttpAnswer.json(503, Map.of("message", "Not ready")));
    }

    /** Each new client asks; by these words it knows to do without. */
    private static CompletableFuture<HttpAnswer> csrfToken(PrefectRequest request) {
        request.requireQuery("client");
        request.check();
        return Detail.answer(422, "CSRF protection is disabled.").now();
    }
}
