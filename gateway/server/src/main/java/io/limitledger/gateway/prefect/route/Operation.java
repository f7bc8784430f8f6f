package io.limitledger.gateway.prefect.route;

import io.javalin.http.HandlerType;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.concurrent.CompletableFuture;

/**
 * A method on a path, and who answers it.
 *
 * @param isVersioned whether it insists on a version that it can serve
 */
record Operation(HandlerType method, Template template, boolean isVersioned, PrefectHandler handler) {
    boolean readsBody() {
        return method.equals(HandlerType.POST) || method.equals(HandlerType.PATCH);
    }

    CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        if (isVersioned) {
            VersionHeader.check(request);
        }
        return handler.handle(request);
    }
}
