package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request has mistakes, and the asker is told all of them. */
public final class InvalidRequestException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;
    private final transient JsonNode body;

    InvalidRequestException(List<Mistake> mistakes, @Nullable JsonNode body) {
        super("invalid request");
        this.mistakes = mistakes;
        this.body = RequestBody.echo(body);
    }

    static InvalidRequestException noJson(JsonSyntaxException failure, String text) {
        Mistake mistake = new Mistake(
                "json_invalid",
                Place.BODY.at(failure.position()),
                "JSON decode error",
                JsonNodeFactory.instance.objectNode(),
                Map.of("error", failure.reason()));
        return new InvalidRequestException(List.of(mistake), JsonNodeFactory.instance.textNode(text));
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** As it came; null in JSON if nothing did. */
    public JsonNode body() {
        return body;
    }
}
