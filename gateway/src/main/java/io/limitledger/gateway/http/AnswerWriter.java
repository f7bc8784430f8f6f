package io.limitledger.gateway.http;

import io.javalin.http.Context;
import io.limitledger.gateway.http.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Writes answers to their requests: the one place that knows content types. */
final class AnswerWriter {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    private AnswerWriter() {}

    static Context write(Context request, HttpAnswer answer) {
        answer.headers().forEach(request::header);
        request.status(answer.status());
        return body(request, answer.body());
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
