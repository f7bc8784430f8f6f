package io.limitledger.gateway.http.problem;

import java.net.URI;
import java.util.Locale;

/** All that can go wrong with a request: the one table, from which answers, pages and tests are made. */
public enum ProblemType {
    UNREADABLE_BODY(
            400,
            "The body is not JSON",
            "The body could not be read as a JSON object. Send one object in UTF-8, each key once, and nothing after"
                    + " it."),
    UNREADABLE_REQUEST(
            400,
            "The request cannot be read",
            "The address or the frame of the request is broken. Write names in an address in UTF-8 with"
                    + " percent-encoding: 'my limit' is my%20limit."),
    UNAUTHENTICATED(
            401,
            "It is not known who asks",
            "Send 'Authorization: Bearer TOKEN' with a token that is valid, or show who you are in another way that"
                    + " this gateway takes. Who administers it makes tokens: limits token create."),
    FOREIGN_PAGE(
            403,
            "Pages of other sites may not do this",
            "A browser says that it sends this for a page of another site. Serve the page from the gateway's own"
                    + " address, let its origin in by --allowed-origins, or ask from a program."),
    FORBIDDEN(
            403,
            "The right to do this is missing",
            "Ask with credentials that may do it, or have the right granted; 'detail' names it. GET /v1/whoami says"
                    + " what the caller may do."),
    FOREIGN_HOST(
            421,
            "The gateway has another name",
            "The request is for a name that is not one of this gateway's, so it may come from a web page whose name"
                    + " was made to lead here. Ask by an address of the gateway, or start it with --public-url and the"
                    + " name."),
    ROUTE_NOT_FOUND(404, "There is no such route", "See /docs for all routes."),
    METHOD_NOT_ALLOWED(
            405, "The route has no such method", "The header Allow says which methods the route has. See /docs."),
    LIMIT_CHANGED(
            412,
            "The limit is not as the request expects it",
            "Its definition was changed since the ETag of the request was read, or it was deleted or made anew."
                    + " 'current' is the limit as it is now: look at the difference, and ask again with its ETag."),
    BODY_TOO_LARGE(413, "The body is too large", "No request needs more than 64 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body is not declared as JSON",
            "Send 'Content-Type: application/json', and no Content-Encoding. With curl, --json does that."),
    INVALID_REQUEST(
            422, "The request has mistakes", "The list 'errors' names each field that is wrong, all of them at once."),

    LIMIT_NOT_FOUND(404, "There is no such limit", "Create it with PUT /v1/limits/{name}."),
    ASK_NOT_FOUND(
            404,
            "The session has no such ask under way",
            "It was answered already, or never came. What it was granted is released by its lease id."),
    LEASE_NOT_FOUND(
            404,
            "There is no such lease",
            "It was released, it expired, or it never existed. An acquire that still waits has no lease yet."),
    TOKEN_NOT_FOUND(404, "There is no such token", "GET /v1/tokens lists all tokens: limits token ls."),
    RIGHTS_NOT_FOUND(
            404,
            "The subject has no rights of its own",
            "GET /v1/rights lists all subjects that have: limits rights ls. What a token allows by itself is with the token."),
    TOKEN_EXISTS(
            409,
            "The token exists already",
            "Choose another name, or give the token that is there a new text: rotate it."),
    TOKEN_REVOKED(410, "The token was revoked", "Create it again; its name is free."),
    KEPT_IN_FILE(
            409,
            "It comes from a file of the gateway",
            "What --access-file or --admin-token-file has is changed in that file; gateways follow it."),
    TOO_MANY_TOKENS(
            409,
            "There are as many tokens or subjects as may be",
            "Revoke what is not used, and give rights to groups."),
    AUTHENTICATION_OFF(
            409,
            "The gateway does not ask who its callers are",
            "Tokens and rights are kept only where they count: start the gateway with --auth token."),
    LIMIT_EXISTS(409, "The limit exists already", "Choose another name, or change the limit that is there."),
    LEASE_ID_TAKEN(
            409,
            "The lease id belongs to a different request",
            "A lease id names one acquire. Repeat it with the same slots, leaseSeconds and holder, or choose a new"
                    + " id."),
    LEASE_GONE(
            410,
            "The lease is gone",
            "It was released or it expired, so its slots may be held by others by now. Stop what they were for, or"
                    + " acquire again with a new id."),
    LIMIT_DELETED(
            410, "The limit was deleted", "It was deleted while this request waited for its slots. Nothing is held."),
    UPGRADE_REQUIRED(426, "The route is a WebSocket", "Connect with a WebSocket client; /docs has the frames."),
    EVENTS_GONE(
            410,
            "The events are no longer kept here",
            "A stream begins with the newest events, which the gateway keeps. Older ones come page by page from GET"
                    + " /v1/limits/{name}/events, and to any Kafka client from limits.events, as long as they are there."),
    ACQUIRE_CANCELLED(
            410,
            "The acquire was cancelled",
            "Its lease id was released while it waited for its slots. Nothing is held; acquire with a new id."),
    SLOTS_EXCEED_LIMIT(
            422, "So many slots can never fit", "Ask for no more slots than the limit has, or raise the limit."),
    KEYS_NOT_BOUNDED(
            422,
            "The limit does not bound its keys",
            "An override of a key says more than perKey of the limit, which it does not have. Give the limit perKey"
                    + " first; a weight alone needs order 'fair'."),
    LEASE_REQUIRED(
            422,
            "The limit gives slots only on a lease",
            "Without a lease (leaseSeconds 0) slots would never come back, because they do not decay on this limit."),

    LIMIT_FULL(
            429,
            "The slots are not free",
            "Ask again after the time in Retry-After; retryAfterSeconds has it exactly. Or let the request wait in the"
                    + " queue: waitSeconds."),
    LIMIT_PAUSED(429, "The limit is paused", "The limit is 0, so nothing is granted until it is raised."),
    WAIT_TIMED_OUT(
            429,
            "The slots did not come free in time",
            "The request waited for as long as it was willing to, and left the queue. Ask again with a new id."),
    QUOTA_USED_UP(
            429,
            "The quota is used up",
            "As many slots were taken as may be within the time of a quota. Ask again after the time in Retry-After:"
                    + " then enough of them have returned."),
    KEY_FULL(
            429,
            "The key's slots are not free",
            "The key of this request occupies as many slots as one key may. Others are not affected. Ask again after"
                    + " the time in Retry-After, or let the request wait: waitSeconds."),
    QUEUE_FULL(
            429,
            "The queue is full",
            "As many requests wait as may, by maxWaiting of the limit or of the key. Ask again after the time in"
                    + " Retry-After."),
    REPLACED(
            429,
            "A newer request took the position in the queue",
            "The limit says that the newest wins (whenFull: replaceOldest). Nothing is held. Ask again with a new id"
                    + " if it is still wanted."),
    TOO_MANY_KEYS(
            429,
            "The limit has too many keys",
            "As many keys are in use as one limit may have. Keys are forgotten when they are idle; ask again later."),
    TOO_MANY_LEASES(429, "The limit has too many leases", "Ask for more slots with fewer leases, or use more limits."),
    TOO_MANY_WAITERS(429, "Too many wait for this limit", "Ask again later."),

    CLIENT_BUSY(
            429,
            "Too much at once from one client",
            "Nothing was done. One client may have as much of this as is left for others; ask again after the time in"
                    + " Retry-After. Behind a proxy that many clients share, the gateway counts each of them by itself if"
                    + " --trusted-proxies names the proxy."),

    INTERNAL_ERROR(500, "Something is wrong here", "This is a fault of the service. Its log has the details."),
    LIMIT_MOVING(503, "The limit is being renamed", "Nothing was done. Ask again after the time in Retry-After."),
    OVERLOADED(503, "The gateway is busy", "Nothing was done. Ask again after the time in Retry-After."),
    LEDGER_UNREACHABLE(
            503, "Kafka takes no commands at the moment", "Nothing was done. Ask again after the time in Retry-After."),
    STOPPING(
            503,
            "The gateway is stopping",
            "Ask again after the time in Retry-After. An acquire with a leaseId that you chose keeps its position in"
                    + " the queue; whatever else was asked for is given back."),
    OUTCOME_UNKNOWN(
            504,
            "The ledger did not answer in time",
            "The request may have been decided or not. Repeat it: with the same lease id nothing is taken twice, and"
                    + " nothing is freed twice. What was acquired without a leaseId of yours is given back.");

    private final int status;
    private final String title;
    private final String advice;

    ProblemType(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What it means and what to do about it. */
    public String advice() {
        return advice;
    }

    /** The last part of its address. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Relative, so that it leads to the page that explains the problem wherever the gateway is reached. */
    public URI uri() {
        return URI.create("/problems/" + slug());
    }

    public Problem because(String detail) {
        return Problem.of(this, detail);
    }
}
