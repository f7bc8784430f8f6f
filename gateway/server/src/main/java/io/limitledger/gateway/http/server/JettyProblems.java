package io.limitledger.gateway.http.server;

import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.RequestLimits;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.Quote;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems with requests that never reach a route, such as a broken address. Without it they would be HTML pages. */
final class JettyProblems implements Request.Handler {
    private static final long RETRY_MILLIS = 1_000;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = problem(request, blamed(response.getStatus()));
        if (!isReadable(problem.status())) {
            // Where a request ends that cannot be read is not known either. Mostly the server closes, but does not say
            // so.
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        write(response, problem, callback);
        return true;
    }

    static void write(Response response, Problem problem, Callback callback) {
        BrowserRules.secure(response.getHeaders());
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, AnswerWriter.PROBLEM);
        problem.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(HttpJson.write(problem)), callback);
    }

    /** Unknown versions and encodings are mistakes of the request, and must not be counted as faults of ours. */
    private static int blamed(int status) {
        return status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 || status == HttpStatus.NOT_IMPLEMENTED_501
                ? HttpStatus.BAD_REQUEST_400
                : status;
    }

    /** Whether the request was whole, so that the next one of its connection can be read. */
    private static boolean isReadable(int status) {
        return status == HttpStatus.PAYLOAD_TOO_LARGE_413 || status == HttpStatus.TOO_MANY_REQUESTS_429;
    }

    private static Problem problem(Request request, int status) {
        if (status == HttpStatus.PAYLOAD_TOO_LARGE_413) {
            return ProblemType.BODY_TOO_LARGE.because(RequestLimits.BODY_TOO_LARGE);
        }
        if (status == HttpStatus.TOO_MANY_REQUESTS_429) {
            return ProblemType.CLIENT_BUSY.because(reason(request, status)).retryAfter(RETRY_MILLIS);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            Object crowded = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
            return UnreadAnswers.CROWDED.equals(crowded)
                    ? ProblemType.OVERLOADED.because(UnreadAnswers.CROWDED).retryAfter(RETRY_MILLIS)
                    : OpenExchanges.stopping();
        }
        if (status == HttpStatus.UNSUPPORTED_MEDIA_TYPE_415) {
            String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
            return ProblemType.UNSUPPORTED_MEDIA_TYPE.because(
                    "The body has the encoding '" + Quote.brief(String.valueOf(encoding))
                            + "', which is not read here. Send it as it is, without Content-Encoding");
        }
        ProblemType type = status == HttpStatus.INTERNAL_SERVER_ERROR_500
                ? ProblemType.INTERNAL_ERROR
                : ProblemType.UNREADABLE_REQUEST;
        return type.because("Expected a request in order, but got: " + reason(request, status))
                .withStatus(status);
    }

    private static String reason(Request request, int status) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        return message == null ? HttpStatus.getMessage(status) : message.toString();
    }
}
