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

    /** A client that has not shown who it is: it is answered by what is public. */
    public static final Caller UNKNOWN = new Caller(null, Rights.NONE);

    public boolean may(Right right, String limit) {
        return rights.may(right, limit);
    }

    /** Whether it may do this with every limit; tokens and rights need {@code ADMIN}. */
    public boolean mayAll(Right right) {
        return rights.mayAll(right);
    }

    /**
     * Refuses what it may not do with a limit, which need not exist.
     *
     * @throws HiddenLimitException if it may not read the limit either
     * @throws ForbiddenException if it may
     */
    public void require(Right right, String limit) {
        if (may(right, limit)) {
            return;
        }
        if (!may(Right.READ, limit)) {
            throw new HiddenLimitException(limit);
        }
        throw forbidden(right, limit);
    }

    /**
     * Refuses what needs a right on every limit.
     *
     * @throws ForbiddenException if it has that right on some limits only, or on none
     */
    public void requireAll(Right right) {
        if (!mayAll(right)) {
            throw forbidden(right, NamePattern.ALL.text());
        }
    }

    /**
     * Refuses to act on a limit without saying whether it exists.
     *
     * @throws ForbiddenException if it may not do this
     */
    public void requireNamed(Right right, String limit) {
        if (!may(right, limit)) {
            throw forbidden(right, limit);
        }
    }

    private ForbiddenException forbidden(Right right, String limits) {
        return new ForbiddenException("'" + (principal == null ? "anonymous" : principal.name()) + "' lacks the right '"
                + right.word() + ":" + limits + "'; ask who administers this gateway for it, or for a pattern with it");
    }

    /** What the log says of who did it; null if authentication is off. */
    public @Nullable String by() {
        return principal == null ? null : principal.name();
    }
}
