package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.RequestLimits;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses bodies that say they are too large; at once if the client asks before it sends its body. Otherwise it swallows
 * them first, without a thread: a client that is still sending would find the connection closed, and never read the answer.
 */
final class LargeBodies extends Handler.Wrapper {
    /** A client that sends more finds its connection closed. */
    private static final long MAX_SWALLOWED_BYTES = 32L * 1_024 * 1_024;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long length = request.getLength();
        if (length <= RequestLimits.MAX_BODY_BYTES) {
            return super.handle(request, response, callback);
        }
        if (length <= MAX_SWALLOWED_BYTES && !asksFirst(request)) {
            Content.Source.consumeAll(
                    request, Callback.from(() -> refuse(request, response, callback), callback::failed));
        } else {
            refuse(request, response, callback);
        }
        return true;
    }

    /** Whether the client sends its body only after a first answer ({@code Expect: 100-continue}). */
    private static boolean asksFirst(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
    }

    private static void refuse(Request request, Response response, Callback callback) {
        Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
    }
}
