package io.limitledger.gateway.access;

/** The caller may not read this limit, so that to this caller it does not exist. */
public final class HiddenLimitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String limit;

    public HiddenLimitException(String limit) {
        super("Limit '" + limit + "' does not exist", null, false, false);
        this.limit = limit;
    }

    public String limit() {
        return limit;
    }
}
