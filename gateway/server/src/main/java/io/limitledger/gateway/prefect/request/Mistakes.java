package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.AnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, in the order in which it is found; the list is the first shape of errors. */
public final class Mistakes {
    /** Enough to see what is wrong; an answer should not be much larger than its request. */
    private static final int MOST = 20;

    private final List<Mistake> all = new ArrayList<>();
    private int count;

    /**
     * One thing that is wrong with a request.
     *
     * @param type a fixed word for this kind of mistake
     * @param details values that the message contains
     */
    private record Mistake(
            String type,
            @JsonProperty("loc") Place place,
            @JsonProperty("msg") String message,
            JsonNode input,
            @JsonProperty("ctx") @Nullable Map<String, Object> details) {}

    private record InvalidRequest(
            @JsonProperty("exception_message") String message,
            @JsonProperty("exception_detail") List<Mistake> mistakes,
            @JsonProperty("request_body") JsonNode body) {}

    void add(String type, Place place, String message, JsonNode input) {
        add(type, place, message, input, null);
    }

    void add(String type, Place place, String message, JsonNode input, String detail, Object value) {
        add(type, place, message, input, Map.of(detail, value));
    }

    private void add(String type, Place place, String message, JsonNode input, @Nullable Map<String, Object> details) {
        count++;
        if (count <= MOST) {
            all.add(new Mistake(type, place, message, EchoedInput.of(input), details));
        }
    }

    void missing(Place place, JsonNode input) {
        add("missing", place, "Field required", input);
    }

    /** For a value outside any object, so that its surrounding object cannot be shown. */
    void missing(Place place) {
        missing(place, NullNode.instance);
    }

    public int count() {
        return count;
    }

    /**
     * Ends the request if it has mistakes.
     *
     * @param body as it came; null without one
     */
    void check(@Nullable JsonNode body) {
        if (count > 0) {
            throw failure(body);
        }
    }

    private AnswerException failure(@Nullable JsonNode body) {
        JsonNode echo = body == null ? NullNode.instance : EchoedInput.of(body);
        return new AnswerException(
                HttpAnswer.json(422, new InvalidRequest("Invalid request received.", List.copyOf(all), echo)));
    }

    /** A body that is not JSON. */
    static AnswerException noJson(PythonJson.SyntaxException failure, String text) {
        Mistakes mistakes = new Mistakes();
        mistakes.add(
                "json_invalid",
                Place.BODY.at(failure.position()),
                "JSON decode error",
                JsonNodeFactory.instance.objectNode(),
                "error",
                failure.reason());
        return mistakes.failure(JsonNodeFactory.instance.textNode(text));
    }
}
