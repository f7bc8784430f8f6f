package io.limitledger.gateway.http;

import io.javalin.http.Context;
import io.limitledger.gateway.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** Whom a bound for each client counts as one: a principal; before one is known an address, or what stands for it behind a proxy. */
public final class Client {
    /** Name of the request's attribute that the server sets. */
    public static final String ATTRIBUTE = "client";

    private Client() {}

    public static Object of(Context request) {
        return of(request.req());
    }

    /** From now on it is this caller, if that has a name. */
    public static void is(Context request, Caller caller) {
        String name = caller.by();
        if (name != null) {
            request.attribute(ATTRIBUTE, name);
        }
    }

    public static Object of(HttpServletRequest request) {
        return Objects.requireNonNull(request.getAttribute(ATTRIBUTE), ATTRIBUTE);
    }
}
