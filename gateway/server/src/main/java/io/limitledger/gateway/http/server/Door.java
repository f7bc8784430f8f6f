package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.Client;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Lets requests in: finds out who asks, and whether that caller may do what the route needs. */
final class Door {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Gatekeeper gatekeeper;

    Door(Gatekeeper gatekeeper) {
        this.gatekeeper = gatekeeper;
    }

    /** The handler of a route, which is only asked by callers that have what the route needs. */
    RouteHandler before(RouteHandler handler, Need need) {
        return new Guarded(handler, need);
    }

    private final class Guarded implements RouteHandler {
        private final RouteHandler handler;
        private final Need need;

        Guarded(RouteHandler handler, Need need) {
            this.handler = handler;
            this.need = need;
        }

        @Override
        public CompletableFuture<HttpAnswer> handle(Context request) {
            return caller(request, need).thenCompose(caller -> {
                check(caller, need, request::pathParam);
                OpenExchange.of(request).enter(caller);
                Client.is(request, caller);
                return handler.handle(request);
            });
        }

        @Override
        public HttpAnswer failed(Context request, Throwable failure) {
            return handler.failed(request, failure);
        }
    }

    /**
     * Who sends a request. The future fails with {@link io.limitledger.gateway.access.UnauthenticatedException} if the need is
     * more than that, and it is not known.
     */
    CompletableFuture<Caller> caller(Context request, Need need) {
        if (gatekeeper.isOpen()) {
            return CompletableFuture.completedFuture(Caller.EVERYONE);
        }
        CompletableFuture<Caller> caller = gatekeeper.caller(credentials(request.req(), request::header));
        return need.kind() == Need.Kind.PUBLIC ? caller.exceptionally(failure -> Caller.UNKNOWN) : caller;
    }

    /** Throws if the caller lacks the right that is needed. */
    static void check(Caller caller, Need need, Function<String, String> path) {
        Right right = need.right();
        String parameter = need.parameter();
        if (right != null && parameter != null) {
            caller.require(right, path.apply(parameter));
        } else if (right != null) {
            caller.requireAll(right);
        }
    }

    /** Those of a request that is soon over, while its connection goes on. */
    static Credentials lasting(HttpServletRequest request) {
        Map<String, String> headers = Collections.list(request.getHeaderNames()).stream()
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT), request::getHeader, (one, same) -> one));
        return credentials(request, name -> headers.get(name.toLowerCase(Locale.ROOT)));
    }

    private static Credentials credentials(HttpServletRequest request, Function<String, @Nullable String> header) {
        Object certificates = request.getAttribute(CERTIFICATES);
        X509Certificate certificate =
                certificates instanceof X509Certificate[] chain && chain.length > 0 ? chain[0] : null;
        return new Credentials(address(request), certificate, header);
    }

    private static InetAddress address(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                                .getConnectionMetaData()
                                .getRemoteSocketAddress()
                        instanceof InetSocketAddress remote
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}
