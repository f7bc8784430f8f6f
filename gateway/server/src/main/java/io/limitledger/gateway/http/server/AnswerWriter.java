package io.limitledger.gateway.http.server;

import io.javalin.http.Context;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.HttpJson;
import io.limitledger.gateway.http.StreamedBody;
import io.limitledger.gateway.http.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Writes answers to their requests: the one place that knows content types. */
final class AnswerWriter {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String PROBLEM = "application/problem+json";

    private AnswerWriter() {}

    static Context write(Context request, HttpAnswer answer) {
        answer.headers().forEach(request::header);
        request.status(answer.status());
        return body(request, answer.body());
    }

    /**
     * Completes when the body has ended, or its client has gone; past Javalin, which would block while the client takes its
     * time, and pack.
     */
    static CompletableFuture<Void> stream(Context request, HttpAnswer answer, StreamedBody body) {
        HttpServletResponse response = request.res();
        UnreadAnswers.stream(
                ServletContextRequest.getServletContextRequest(request.req()).getServletContextResponse());
        answer.headers().forEach(response::setHeader);
        response.setStatus(answer.status());
        response.setContentType(EVENTS);
        try {
            CompletableFuture<Void> ended = body.writeTo(response.getOutputStream());
            OpenExchange.Client client = WatchedConnection.client(request);
            if (client != null && !ended.isDone()) {
                client.watch(body::end);
            }
            return ended;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Context body(Context request, @Nullable Object body) {
        // Or the encoding of the type before would stay.
        request.res().setContentType(null);
        if (body == null) {
            return request;
        }
        if (body instanceof HttpAnswer.Text text) {
            return request.contentType(text.contentType()).result(text.content());
        }
        if (body instanceof Problem problem) {
            return request.contentType(PROBLEM).result(HttpJson.write(problem.at(request.path())));
        }
        return request.contentType(JSON).result(HttpJson.write(body));
    }
}
