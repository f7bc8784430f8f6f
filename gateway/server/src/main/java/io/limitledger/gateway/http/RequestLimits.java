package io.limitledger.gateway.http;

/** Bounds of what a request may bring. */
public final class RequestLimits {
    /** The largest valid body is a holder of 2 KB in escapes, about 12 KB; this leaves room and does no harm. */
    public static final int MAX_BODY_BYTES = 64 * 1_024;

    /** What is wrong with a body of more. */
    public static final String BODY_TOO_LARGE =
            "The body is larger than " + MAX_BODY_BYTES + " bytes (64 KiB), which no request needs. Send less";

    private RequestLimits() {}
}
