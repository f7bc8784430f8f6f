package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.RequestLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body before its request gets a thread, so that a slow sender holds none. A request whose client goes in the
 * middle of its body ends there; Jetty's own handler of this kind would keep it for ever.
 */
final class WholeBodies extends Handler.Wrapper {
    /** The reader of the body checks its bound to the byte. */
    private static final int MAX_BYTES = 2 * RequestLimits.MAX_BODY_BYTES;

    private final SlowClients slowClients;

    WholeBodies(SlowClients slowClients) {
        this.slowClients = slowClients;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        new Reading(request, response, callback).run();
        return true;
    }

    private static boolean hasBody(Request request) {
        return request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private void pass(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** A request whose body is on its way. */
    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private SlowClients.@Nullable Entry slow;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /** Takes what there is, and comes again when there is more. */
        @Override
        public void run() {
            Content.Chunk chunk = request.read();
            while (chunk != null && !isEnd(chunk)) {
                chunk = request.read();
            }
            if (chunk == null) {
                keep();
                request.demand(this);
            }
        }

        private void keep() {
            if (slow == null) {
                EndPoint connection =
                        request.getConnectionMetaData().getConnection().getEndPoint();
                slow = slowClients.add(request.getComponents().getScheduler(), connection::close);
            }
            slow.keep(body.size());
        }

        private boolean isEnd(Content.Chunk chunk) {
            Runnable next = afterEnd(chunk);
            if (next == null) {
                return false;
            }
            if (slow != null) {
                slow.end();
            }
            next.run();
            return true;
        }

        /** What to do if this is the end of the body; null if there is more. */
        private @Nullable Runnable afterEnd(Content.Chunk chunk) {
            if (Content.Chunk.isFailure(chunk)) {
                WholeRequest broken = new WholeRequest(request, new byte[0]);
                broken.fail(chunk.getFailure());
                return () -> pass(broken, response, callback);
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(bytes);
            body.writeBytes(bytes);
            chunk.release();
            if (body.size() > MAX_BYTES) {
                return () -> Response.writeError(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413);
            }
            return chunk.isLast()
                    ? () -> pass(new WholeRequest(request, body.toByteArray()), response, callback)
                    : null;
        }
    }

    /** A request whose body is complete, or fails its reader because it breaks off. */
    private static final class WholeRequest extends Request.Wrapper {
        private final ByteBufferContentSource body;

        WholeRequest(Request request, byte[] body) {
            super(request);
            this.body = new ByteBufferContentSource(ByteBuffer.wrap(body));
        }

        @Override
        public long getLength() {
            return body.getLength();
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }

        @Override
        public boolean consumeAvailable() {
            return true;
        }
    }
}
