package io.limitledger.gateway.http;

import java.io.Serial;

/** The heap is nearly full, so that nothing new is taken. The command was not sent. Without a stack trace, which would cost more. */
public final class HeapFullException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public HeapFullException() {
        super(
                "The heap of this process is nearly full, so nothing new is taken. Ask again later, or give it more: -Xmx",
                null,
                false,
                false);
    }
}
