package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.request.InvalidRequestException;
import io.limitledger.gateway.prefect.request.Mistake;
import java.util.List;

/** The first shape of errors: what is wrong with a request, one by one. Clients print parts of it. */
record InvalidRequest(
        @JsonProperty("exception_message") String message,
        @JsonProperty("exception_detail") List<Mistake> mistakes,
        @JsonProperty("request_body") JsonNode body) {
    private static final String MESSAGE = "Invalid request received.";

    static HttpAnswer answer(InvalidRequestException invalid) {
        return HttpAnswer.json(422, new InvalidRequest(MESSAGE, invalid.mistakes(), invalid.body()));
    }
}
