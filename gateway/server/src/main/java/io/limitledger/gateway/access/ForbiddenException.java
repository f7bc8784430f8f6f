package io.limitledger.gateway.access;

/** The caller is known, but may not do this. The message names the right that is missing. */
public final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ForbiddenException(String message) {
        super(message, null, false, false);
    }
}
