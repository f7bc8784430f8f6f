package io.limitledger.gateway.bench;

import java.io.Serial;

/** A server has more to do than it takes on, and said so. */
final class RefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    RefusedException(HttpReply reply) {
        super("Expected a request to be taken on, but got " + reply);
    }
}
