package io.limitledger.gateway.prefect;

import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.Operations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a server says about itself. Where clients compare versions, it is that of the server whose place we take. */
final class ServerRoutes {
    /** Its major number must be the client's, and a lower one would be warned of. */
    private static final String SERVER_VERSION = "3.8.4";

    private static final String API_VERSION = "0.8.4";
    private static final Map<String, Object> SETTINGS = Map.of("server", Map.of("analytics_enabled", false));

    private final Readiness readiness;

    ServerRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    void addTo(Operations operations) {
        operations.getUnversioned("/health", Need.PUBLIC, request -> json(true));
        operations.getUnversioned("/version", Need.CALLER, request -> json(API_VERSION));
        operations.get("/hello", Need.CALLER, request -> json("👋"));
        operations.get("/ready", Need.PUBLIC, request -> ready());
        operations.get("/csrf-token", Need.PUBLIC, ServerRoutes::csrfToken);
        operations.get("/admin/version", Need.CALLER, request -> json(SERVER_VERSION));
        operations.get("/admin/settings", Need.CALLER, request -> json(SETTINGS));
        // The page of a tag's limit asks for the runs that hold it. They are unknown without a Prefect server.
        operations.post("/task_runs/filter", Need.CALLER, request -> json(List.of()));
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

    /** Each new client asks for one; this text tells it to go on without. */
    private static CompletableFuture<HttpAnswer> csrfToken(PrefectRequest request) {
        request.requireQuery("client");
        request.check();
        return Errors.detail(422, "CSRF protection is disabled.").now();
    }
}
