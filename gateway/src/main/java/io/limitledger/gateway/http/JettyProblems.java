package io.limitledger.gateway.http;

import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems with requests that never reach a route, such as a broken address. Without it they would be HTML pages. */
final class JettyProblems implements Request.Handler {
    private static final Map<Integer, ProblemType> TYPES = Map.of(
            HttpStatus.PAYLOAD_TOO_LARGE_413, ProblemType.BODY_TOO_LARGE,
            HttpStatus.INTERNAL_SERVER_ERROR_500, ProblemType.INTERNAL_ERROR,
            HttpStatus.SERVICE_UNAVAILABLE_503, ProblemType.OVERLOADED);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = problem(request, response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, AnswerWriter.PROBLEM);
        response.write(true, ByteBuffer.wrap(HttpJson.write(problem)), callback);
        return true;
    }

    private static Problem problem(Request request, int status) {
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String reason = message == null ? HttpStatus.getMessage(status) : message.toString();
        ProblemType type = TYPES.getOrDefault(status, ProblemType.UNREADABLE_REQUEST);
        return type.because("Expected a request in order, but got: " + reason).withStatus(status);
    }
}
