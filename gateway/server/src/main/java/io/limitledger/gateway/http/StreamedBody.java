package io.limitledger.gateway.http;

import jakarta.servlet.ServletOutputStream;
import java.util.concurrent.CompletableFuture;

/** A body that is written bit by bit, for as long as it takes. */
public interface StreamedBody {
    /** Begins to write, without blocking; completes when the body has ended. */
    CompletableFuture<Void> writeTo(ServletOutputStream out);

    /** Ends it and says why, as soon as the client takes that. It must not block. */
    void end(String reason);

    /** Ends it: the client has gone. It must not block. */
    void end();
}
