package io.limitledger.gateway.http.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request mean what its first line says, and nothing else. Javalin takes the method from a header if there is one,
 * so that what looks like a GET to a proxy would delete; and it reads query parameters that are not UTF-8 as other text.
 */
final class PlainRequests extends Handler.Wrapper {
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isReadable(request.getHttpURI().getQuery())) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400, "a query that is not UTF-8");
            return true;
        }
        if (isUnsupportedEncoding(request.getHeaders())) {
            Response.writeError(request, response, callback, HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
            return true;
        }
        boolean isPlain = !request.getHeaders().contains(METHOD_OVERRIDE);
        return super.handle(isPlain ? request : new WithoutOverride(request), response, callback);
    }

    /** Bodies are read as they come. */
    private static boolean isUnsupportedEncoding(HttpFields headers) {
        String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    private static boolean isReadable(@Nullable String query) {
        if (query == null || query.indexOf('%') < 0) {
            return true;
        }
        ByteBuffer bytes = ByteBuffer.allocate(query.length() * 3);
        for (int at = 0; at < query.length(); at++) {
            char character = query.charAt(at);
            if (character != '%') {
                // What was not encoded was read as characters already; only what was is in question here.
                bytes.put((byte) (character < 0x80 ? character : '?'));
                continue;
            }
            int high = digit(query, at + 1);
            int low = digit(query, at + 2);
            boolean isEncoded = high >= 0 && low >= 0;
            bytes.put((byte) (isEncoded ? high * 16 + low : '%'));
            at += isEncoded ? 2 : 0;
        }
        return isUtf8(bytes.flip());
    }

    private static int digit(String text, int at) {
        return at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static final class WithoutOverride extends Request.Wrapper {
        private final HttpFields headers;

        WithoutOverride(Request request) {
            super(request);
            HttpFields.Mutable others = HttpFields.build();
            for (HttpField header : request.getHeaders()) {
                if (!header.getName().equalsIgnoreCase(METHOD_OVERRIDE)) {
                    others.add(header);
                }
            }
            this.headers = others.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
