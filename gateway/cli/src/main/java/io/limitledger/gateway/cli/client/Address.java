package io.limitledger.gateway.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths of the gateway's interface, with names percent-encoded. */
public final class Address {
    public static final String LIMITS = "/v1/limits";
    public static final String LEASES = "/v1/leases";

    private Address() {}

    public static String limit(String name) {
        return LIMITS + "/" + encode(name);
    }

    public static String key(String limit, String key) {
        return limit(limit) + "/keys/" + encode(key);
    }

    public static String lease(String id) {
        return LEASES + "/" + encode(id);
    }

    /** A text as part of a path or a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
