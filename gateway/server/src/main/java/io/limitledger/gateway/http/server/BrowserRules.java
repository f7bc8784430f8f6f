package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Quote;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What a browser may do here for a page: nothing for a page of another site, but to open a page of ours. It holds for all
 * routes, WebSockets included, before any of them is asked. What programs send has no such headers, and is let through.
 */
final class BrowserRules extends Handler.Wrapper {
    /** Name of a request's attribute that is there if a page of another site leads to this one. */
    private static final String LED_HERE = "led here";

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String FETCH_MODE = "Sec-Fetch-Mode";
    private static final String FETCH_DEST = "Sec-Fetch-Dest";
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
    private static final String METHODS = "DELETE, GET, HEAD, PATCH, POST, PUT";

    /** Those that scripts may read, besides the ones that they always may. */
    private static final String READABLE_HEADERS =
            "Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate";

    /** A year, as browsers want it at least to remember it well. */
    private static final String ONLY_TLS = "max-age=31536000";

    /** For all that is not a page of ours: even opened as a page, it can load and do nothing. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private final HttpAddress address;
    private final Refusals refusals;

    BrowserRules(HttpAddress address, Refusals refusals) {
        this.address = address;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        String host = Request.getServerName(request);
        if (request.isSecure() && !isLocal(host)) {
            response.getHeaders().put(HttpHeader.STRICT_TRANSPORT_SECURITY, ONLY_TLS);
        }
        if (hasHost(request) && !address.site().hasHost(host, address.host())) {
            return refuse(request, response, callback, Refusals.Reason.HOST, foreignHost(request, host));
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && address.site().isAllowed(origin)) {
            allow(origin, response.getHeaders());
            if (isPreflight(request)) {
                return preflight(request, response, callback);
            }
        }
        if (address.site().isForeign(request.getHeaders().get(FETCH_SITE), origin, authority(request))) {
            if (!opensPage(request)) {
                return refuse(request, response, callback, Refusals.Reason.PAGE, foreignPage(request, origin));
            }
            request.setAttribute(LED_HERE, true);
        }
        return super.handle(request, response, callback);
    }

    /** For every answer. A page of ours puts a policy of its own in place of this one. */
    static void secure(HttpFields.Mutable headers) {
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Content-Security-Policy", NOTHING);
    }

    /** For what a browser would hold open: no page of another site may lead to it. */
    static void refuseIfLedHere(HttpServletRequest request) {
        if (request.getAttribute(LED_HERE) != null) {
            throw new ProblemException(
                    ProblemType.FOREIGN_PAGE, "A page of another site leads to this stream; open it from nowhere else");
        }
    }

    /** Browsers always send it; HTTP/1.0 need not. */
    private static boolean hasHost(Request request) {
        String host = request.getHttpURI().getHost();
        return host != null && !host.isEmpty();
    }

    private static boolean isLocal(String host) {
        return Site.OWN_ADDRESSES.hasHost(host, HttpAddress.DEFAULT_HOST);
    }

    private static String authority(Request request) {
        String authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    /** Whether the user follows a link, or something like it. A frame is refused: nothing of ours is shown in one. */
    private static boolean opensPage(Request request) {
        HttpFields headers = request.getHeaders();
        String destination = headers.get(FETCH_DEST);
        boolean isRead = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        return isRead
                && "navigate".equals(headers.get(FETCH_MODE))
                && (destination == null || destination.equals("document"))
                && !headers.contains(HttpHeader.UPGRADE);
    }

    private static boolean isPreflight(Request request) {
        return HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().contains(ASKED_METHOD);
    }

    private static void allow(String origin, HttpFields.Mutable headers) {
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, READABLE_HEADERS);
        headers.add(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
    }

    private static boolean preflight(Request request, Response response, Callback callback) {
        String asked = request.getHeaders().get(ASKED_HEADERS);
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "600");
        if (asked != null) {
            response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
        response.setStatus(HttpStatus.NO_CONTENT_204);
        response.write(true, null, callback);
        return true;
    }

    private boolean refuse(
            Request request, Response response, Callback callback, Refusals.Reason reason, Problem problem) {
        refusals.note(
                reason,
                Request.getRemoteAddr(request),
                request.getMethod() + " " + request.getHttpURI().getPath(),
                problem.detail());
        JettyProblems.write(response, problem.at(request.getHttpURI().getPath()), callback);
        return true;
    }

    private static Problem foreignHost(Request request, String host) {
        boolean isTls = request.isSecure()
                || "https".equalsIgnoreCase(request.getHeaders().get(HttpHeader.X_FORWARDED_PROTO));
        return ProblemType.FOREIGN_HOST.because("This gateway is not known as '" + Quote.brief(host)
                + "'. If that is a name of it, start it with --public-url " + (isTls ? "https://" : "http://")
                + Quote.brief(authority(request)) + "; if not, ask for it by its address");
    }

    private static Problem foreignPage(Request request, @Nullable String origin) {
        String page = origin == null || origin.equals("null") ? null : Quote.brief(origin);
        String ways = page == null
                ? ""
                : ". If that is where users reach this gateway, as through a reverse proxy, start it with --public-url "
                        + page + "; if other pages from there may use it, with --allowed-origins " + page;
        return ProblemType.FOREIGN_PAGE.because("A browser sends this for a page "
                + (page == null ? "of another site" : "at '" + page + "'") + ", and not for one of '"
                + Quote.brief(authority(request)) + "'" + ways);
    }
}
