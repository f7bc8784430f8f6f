package io.limitledger.gateway.bench;

/** What came back for a call. */
record HttpReply(int status, String body) {
    boolean isGood() {
        return status >= 200 && status < 300;
    }

    HttpReply orFail() {
        if (!isGood()) {
            throw new IllegalStateException(
                    "Expected every request of a workload to be granted, but got " + status + " " + body);
        }
        return this;
    }
}
