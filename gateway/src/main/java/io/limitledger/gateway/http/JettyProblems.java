package io.limitledger.gateway.http;

import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems with requests that never reach a route, such as a broken address. Without it they would be HTML pages. */
final class JettyProblems implements Request.Handler {
    private static final Map<Integer, ProblemType> TYPES = Map.of(
            HttpStatus.PAYLOAD_TOO_LARGE_413, ProblemType.BODY_TOO_LARGE,
            HttpStatus.INTERNAL_SERVER_ERROR_500, ProblemType.INTERNAL_ERROR);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.setStatus(blamed(response.getStatus()));
        Problem problem = problem(request, response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, AnswerWriter.PROBLEM);
        if (response.getStatus() != HttpStatus.PAYLOAD_TOO_LARGE_413) {
            // Where a request ends that cannot be read is not known either. Mostly the server closes, but does not say
            // so.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        problem.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(HttpJson.write(problem)), callback);
        return true;
    }

    /** Versions and encodings that nobody knows are mistakes of the request, and must not be counted as faults of ours. */
    private static int blamed(int status) {
        return status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 || status == HttpStatus.NOT_IMPLEMENTED_501
                ? HttpStatus.BAD_REQUEST_400
                : status;
    }

    private static Problem problem(Request request, int status) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String reason = message == null ? HttpStatus.getMessage(status) : message.toString();
        ProblemType type = TYPES.getOrDefault(status, ProblemType.UNREADABLE_REQUEST);
        return status == HttpStatus.SERVICE_UNAVAILABLE_503
                ? OpenExchanges.stopping()
                : type.because("Expected a request in order, but got: " + reason)
                        .withStatus(status);
    }
}
