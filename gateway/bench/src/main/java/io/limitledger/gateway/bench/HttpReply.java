package io.limitledger.gateway.bench;

import io.limitledger.client.UnknownOutcomeException;

/** What came back for a call. */
record HttpReply(int status, String body) {
    private static final int OVERLOADED = 503;
    private static final int OUTCOME_UNKNOWN = 504;

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    HttpReply orFail() {
        if (status == OVERLOADED) {
            throw new RefusedException(this);
        }
        if (status == OUTCOME_UNKNOWN) {
            throw new UnknownOutcomeException(body);
        }
        if (!isGood()) {
            throw new IllegalStateException(
                    "Expected every request of a workload to be granted, but got " + status + " " + body);
        }
        return this;
    }
}
