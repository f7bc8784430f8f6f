package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.limitledger.gateway.access.Allowed;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/whoami}: who asks, as the gateway knows it, and what it may do. */
record WhoamiRoute(List<String> ways) implements RouteHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        Caller caller = Exchange.of(request).caller();
        Principal principal = caller.principal();
        return HttpAnswer.json(
                        200,
                        new Body(
                                principal == null ? null : principal.name(),
                                principal == null
                                        ? List.of()
                                        : principal.groups().stream().sorted().toList(),
                                caller.rights().allowed().stream()
                                        .map(Allowed::toString)
                                        .toList(),
                                ways))
                .now();
    }

    /** @param principal null, and shown as such, if authentication is off */
    private record Body(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String principal,

            List<String> groups,
            List<String> allow,
            List<String> authentication) {}
}
