package io.limitledger.gateway.access;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request and what it may do, as of when the request came.
 *
 * @param principal null if authentication is off
 */
public record Caller(@Nullable Principal principal, Rights rights) {
    /** Every client of a gateway whose authentication is off. */
    public static final Caller EVERYONE = new Caller(null, Rights.ALL);

    public boolean may(Right right, String limit) {
        return rights.may(right, limit);
    }

    /** Whether it may do this with every limit; tokens and rights need {@code ADMIN}. */
    public boolean mayAll(Right right) {
        return rights.mayAll(right);
    }

    /** What the log says of who did it; null if authentication is off. */
    public @Nullable String by() {
        return principal == null ? null : principal.name();
    }
}
