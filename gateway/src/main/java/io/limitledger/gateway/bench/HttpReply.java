package io.limitledger.gateway.bench;

/** What came back for a call. */
record HttpReply(int status, String body) {
    boolean isGood() {
        return status >= 200 && status < 300;
    }
}
