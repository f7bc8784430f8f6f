package io.limitledger.gateway.prefect.answer;

import io.limitledger.gateway.http.HttpAnswer;
import java.io.Serial;

/** The answer is known before the request has come to its end. */
public final class AnswerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient HttpAnswer answer;

    public AnswerException(HttpAnswer answer) {
        super("answered with status " + answer.status());
        this.answer = answer;
    }

    public HttpAnswer answer() {
        return answer;
    }
}
