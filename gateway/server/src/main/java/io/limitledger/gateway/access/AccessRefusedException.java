package io.limitledger.gateway.access;

/** A change of tokens or rights that is not possible. The message says why, and what to do. */
public final class AccessRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why it is not possible. */
    public enum Reason {
        TOKEN_EXISTS,
        TOKEN_NOT_FOUND,
        TOKEN_REVOKED,
        RIGHTS_NOT_FOUND,
        FROM_FILE,
        TOO_MANY
    }

    public AccessRefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
