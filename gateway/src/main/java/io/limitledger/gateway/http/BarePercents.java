package io.limitledger.gateway.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A percent sign in a path that encodes nothing stands for itself: {@code /100%} is {@code /100%25}. Clients of Prefect
 * send names so, and the reference takes them so. Javalin's router fails at it.
 */
final class BarePercents extends Handler.Wrapper {
    private static final Pattern BARE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        boolean isBare =
                uri.hasViolation(Violation.BAD_PERCENT_ENCODING) || uri.hasViolation(Violation.UTF16_ENCODINGS);
        return super.handle(isBare ? new Encoded(request) : request, response, callback);
    }

    private static final class Encoded extends Request.Wrapper {
        private final HttpURI uri;

        Encoded(Request request) {
            super(request);
            HttpURI sent = request.getHttpURI();
            String path = BARE.matcher(sent.getPath()).replaceAll("%25");
            this.uri = HttpURI.build(sent).path(path).asImmutable();
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }
    }
}
