package io.limitledger.gateway.prefect.request;

import java.io.Serial;

/** A body cannot be read at all: it breaks off, is no text, or too deep, or has a number without end. */
public final class UnreadableBodyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;
}
