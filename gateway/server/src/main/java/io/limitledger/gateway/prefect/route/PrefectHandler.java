package io.limitledger.gateway.prefect.route;

import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.concurrent.CompletableFuture;

/** Answers the requests to one operation. It must not block; what it throws becomes an error in one of three shapes. */
@FunctionalInterface
public interface PrefectHandler {
    CompletableFuture<HttpAnswer> handle(PrefectRequest request);
}
