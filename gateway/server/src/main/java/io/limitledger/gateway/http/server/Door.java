package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Credentials;
import io.limitledger.gateway.access.ForbiddenException;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.access.HiddenLimitException;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Principal;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.access.UnauthenticatedException;
import io.limitledger.gateway.http.Client;
import io.limitledger.gateway.http.Exchange;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RouteHandler;
import io.limitledger.gateway.http.problem.FailureToProblem;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Lets requests in: finds out who asks, and whether that caller may do what the route needs. */
final class Door implements AutoCloseable {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Name of the attribute of an upgrade: its {@link Guests.Guest}. */
    private static final String GUEST = "guest";

    /** About as long as an identity provider takes to be asked. */
    private static final long IDENTIFYING_RETRY_MILLIS = 1_000;

    private final Gatekeeper gatekeeper;
    private final Guests guests;
    private final Refusals refusals;

    Door(Gatekeeper gatekeeper, Refusals refusals) {
        this.gatekeeper = gatekeeper;
        this.guests = new Guests(gatekeeper);
        this.refusals = refusals;
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
                OpenExchange.of(request).enter(caller);
                Client.is(request, caller);
                check(caller, need, request::pathParam);
                return handler.handle(request);
            });
        }

        @Override
        public HttpAnswer failed(Context request, Throwable failure) {
            Object exchange = request.attribute(Exchange.ATTRIBUTE);
            Caller caller = exchange instanceof Exchange open ? open.caller() : Caller.UNKNOWN;
            noteRefusal(failure, who(caller, request), request.method().name() + " " + request.path());
            return handler.failed(request, failure);
        }
    }

    /** Counts and logs what was refused because of who asks; other failures are not its concern. */
    void noteRefusal(Throwable failure, String who, String what) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Refusals.Reason reason = null;
        if (cause instanceof UnauthenticatedException) {
            reason = Refusals.Reason.UNAUTHENTICATED;
        } else if (cause instanceof ForbiddenException) {
            reason = Refusals.Reason.FORBIDDEN;
        } else if (cause instanceof HiddenLimitException) {
            reason = Refusals.Reason.HIDDEN;
        }
        if (reason != null) {
            refusals.note(reason, who, what, String.valueOf(cause.getMessage()));
        }
    }

    private static String who(Caller caller, Context request) {
        return who(caller, request.req().getRemoteAddr());
    }

    /** The principal, if it is known. */
    static String who(Caller caller, String address) {
        Principal principal = caller.principal();
        return principal == null ? address : principal.name();
    }

    /**
     * Who sends a request. The future fails with {@link UnauthenticatedException} if that is needed and not known.
     */
    private CompletableFuture<Caller> caller(Context request, Need need) {
        if (gatekeeper.isOpen()) {
            return CompletableFuture.completedFuture(Caller.EVERYONE);
        }
        CompletableFuture<Caller> caller = gatekeeper.caller(credentials(request.req(), request::header));
        return need.kind() == Need.Kind.PUBLIC ? caller.exceptionally(failure -> Caller.UNKNOWN) : caller;
    }

    /** Throws if the caller lacks the right that is needed. */
    static void check(Caller caller, Need need, Function<String, @Nullable String> path) {
        Right right = need.right();
        String parameter = need.parameter();
        if (right != null && parameter != null) {
            caller.require(right, Objects.requireNonNull(path.apply(parameter)));
        } else if (right != null) {
            caller.requireAll(right);
        }
    }

    /** The caller of a request whose answer goes on, and which it began with. */
    Guests.Guest guest(Context request, Need need, Caller caller) {
        Credentials credentials =
                gatekeeper.isOpen() ? credentials(request.req(), name -> null) : lasting(request.req());
        return guests.guest(credentials, need, request.pathParamMap(), caller);
    }

    /**
     * Whether a connection may become a WebSocket; then who it is, is kept with the request. The problem if it may not, or if
     * that is not known yet: an upgrade cannot wait.
     */
    @Nullable
    Problem admit(Context request, Need need) {
        CompletableFuture<Caller> asking = caller(request, need);
        if (!asking.isDone()) {
            return ProblemType.OVERLOADED
                    .because("It is still being found out who asks; try again")
                    .retryAfter(IDENTIFYING_RETRY_MILLIS);
        }
        Caller caller = Caller.UNKNOWN;
        try {
            caller = asking.join();
            check(caller, need, request::pathParam);
            Client.is(request, caller);
            request.attribute(Exchange.CALLER, caller);
            request.attribute(GUEST, guest(request, need, caller));
            return null;
        } catch (RuntimeException e) {
            String what = "WebSocket " + request.path();
            noteRefusal(e, who(caller, request), what);
            return FailureToProblem.of(e, what);
        }
    }

    /** Who was admitted by this request. */
    static Guests.Guest admitted(HttpServletRequest request) {
        return (Guests.Guest) Objects.requireNonNull(request.getAttribute(GUEST));
    }

    /** Answers an upgrade with a problem, in place of it. */
    static void refuse(Context request, Problem refusal) throws IOException {
        Problem problem = refusal.at(request.path());
        request.res().setStatus(problem.status());
        request.res().setContentType(AnswerWriter.PROBLEM);
        problem.headers().forEach(request.res()::setHeader);
        request.res().getOutputStream().write(HttpJson.write(problem));
        request.skipRemainingHandlers();
    }

    /** Those of a request that is soon over, while its connection goes on. */
    private static Credentials lasting(HttpServletRequest request) {
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

    @Override
    public void close() {
        guests.close();
    }
}
