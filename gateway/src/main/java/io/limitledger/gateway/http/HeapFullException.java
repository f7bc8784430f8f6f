package io.limitledger.gateway.http;

import io.limitledger.client.NotSentException;
import java.io.Serial;

/** The heap is nearly full, so that nothing new is taken. Has no stack trace. */
public final class HeapFullException extends NotSentException {
    @Serial
    private static final long serialVersionUID = 1;

    public HeapFullException() {
        super(
                "The heap of this process is nearly full, so nothing new is taken. Ask again later, or give it more: -Xmx");
    }
}
