package io.limitledger.gateway.access;

/** It is not known who asks. The message says what is wrong with the credentials and what to do; it never repeats them. */
public final class UnauthenticatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnauthenticatedException(String message) {
        super(message, null, false, false);
    }
}
