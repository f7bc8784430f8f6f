package io.limitledger.gateway.prefect.route;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.limitledger.gateway.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Leave for web pages of any origin, which the user interface of the reference needs: it is served from elsewhere. */
final class Cors {
    private static final String ORIGIN = "Origin";
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";
    private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";

    private Cors() {}

    static boolean isPreflight(Context request) {
        return request.method().equals(HandlerType.OPTIONS)
                && request.header(ORIGIN) != null
                && request.header(ASKED_METHOD) != null;
    }

    static HttpAnswer preflight(Context request) {
        HttpAnswer ok = HttpAnswer.text("text/plain; charset=utf-8", "OK");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ALLOWED_ORIGIN, "*");
        headers.put("Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
        headers.put("Access-Control-Max-Age", "600");
        String asked = request.header(ASKED_HEADERS);
        if (asked != null) {
            headers.put("Access-Control-Allow-Headers", asked);
        }
        return new HttpAnswer(ok.status(), ok.body(), headers);
    }

    static HttpAnswer allow(Context request, HttpAnswer answer) {
        if (request.header(ORIGIN) == null) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put(ALLOWED_ORIGIN, "*");
        return new HttpAnswer(answer.status(), answer.body(), headers);
    }
}
