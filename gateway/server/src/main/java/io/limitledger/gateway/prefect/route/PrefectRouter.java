package io.limitledger.gateway.prefect.route;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Finds the operation for a request as the reference does, which differs from what the web server would do: the slash at
 * the end counts, a path with the other slash is a redirect, and HEAD is no GET. So the operations are added to the web
 * server under their own names, for the sake of its log and metrics, but each of them comes through here.
 */
public final class PrefectRouter implements RouteGroup, RouteHandler {
    private static final String ROOT = "/api";

    /** Clients that know an account and a workspace put them in front; here there is one of each. */
    private static final String WORKSPACE = ROOT + "/accounts/{account}/workspaces/{workspace}";

    private static final Pattern PREFIX = Pattern.compile("^/api(/accounts/[^/]+/workspaces/[^/]+(?=/|$))?");

    private final Operations operations;

    public PrefectRouter(Operations operations) {
        this.operations = operations;
    }

    @Override
    public void addTo(Routes routes) {
        for (Operations.Operation operation : operations.all()) {
            String path = operation.template().plain();
            routes.addForeign(operation.method(), ROOT + path, operation.need(), this);
            routes.addForeign(operation.method(), WORKSPACE + path, operation.need(), this);
        }
        routes.otherwise(ROOT, Need.CALLER, this);
        routes.otherwise(ROOT + "/<path>", Need.CALLER, this);
    }

    @Override
    public CompletableFuture<HttpAnswer> handle(Context request) {
        String path = PREFIX.matcher(request.path()).replaceFirst("");
        Operations.Found found = operations.find(request.method(), path);
        return found == null ? unrouted(request, path).now() : answer(found, request);
    }

    @Override
    public HttpAnswer failed(Context request, Throwable failure) {
        return Errors.of(failure, request.method().name() + " " + request.path());
    }

    private static CompletableFuture<HttpAnswer> answer(Operations.Found found, Context request) {
        Operations.Operation operation = found.operation();
        if (!operation.need().equals(Need.PUBLIC)
                && Caller.UNKNOWN.equals(Exchange.of(request).caller())) {
            throw new IllegalStateException("The web server took " + request.path() + " for a public operation");
        }
        return operation.handle(PrefectRequest.of(request, found.path(), operation.readsBody()));
    }

    private HttpAnswer unrouted(Context request, String path) {
        String method = operations.firstMethod(path);
        if (method != null) {
            return Errors.detail(405, "Method Not Allowed").withHeader("Allow", method);
        }
        return operations.firstMethod(withOtherSlash(path)) == null
                ? Errors.notFound()
                : new HttpAnswer(307, null, Map.of("Location", location(request)));
    }

    private static String location(Context request) {
        String query = request.queryString();
        return request.scheme() + "://" + request.host() + withOtherSlash(request.path())
                + (query == null ? "" : "?" + query);
    }

    private static String withOtherSlash(String path) {
        return path.endsWith("/") ? path.replaceFirst("/+$", "") : path + "/";
    }
}
