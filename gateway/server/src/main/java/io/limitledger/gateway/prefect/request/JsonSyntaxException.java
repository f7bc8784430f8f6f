package io.limitledger.gateway.prefect.request;

import java.io.Serial;

/** A body is not JSON. */
final class JsonSyntaxException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int position;

    /** @param position number of the character at which it is wrong */
    JsonSyntaxException(String message, int position) {
        super(message);
        this.position = position;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    int position() {
        return position;
    }
}
