package io.limitledger.gateway.http.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.core.command.InvalidField;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.http.request.JsonBody;
import io.limitledger.gateway.http.request.Quote;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A line of what a client of a session sends: an id, and one field whose name is the kind of the ask.
 *
 * @param id a string or a whole number, which goes back with the answer
 * @param ask all fields but the id
 */
record AskFrame(JsonNode id, ObjectNode ask) {
    private static final int MAX_ID_CHARACTERS = 64;

    /** Reads a line; it throws the problem to answer without an id if that cannot be known. */
    static AskFrame read(String line) {
        JsonNode json = JsonBody.parse(line.getBytes(StandardCharsets.UTF_8));
        if (!(json instanceof ObjectNode ask)) {
            throw new ProblemException(
                    ProblemType.UNREADABLE_BODY, "Expected a JSON object on each line, but got " + Quote.brief(line));
        }
        JsonNode id = ask.remove("id");
        if (id == null || !isId(id)) {
            throw invalidId("Expected a string of 1 to " + MAX_ID_CHARACTERS
                    + " characters, or a whole number, but got " + (id == null ? "none" : Quote.brief(id.toString())));
        }
        return new AskFrame(id, ask);
    }

    private static boolean isId(JsonNode id) {
        boolean isText = id.isTextual() && !id.textValue().isEmpty();
        return (isText || id.isIntegralNumber()) && id.asText().length() <= MAX_ID_CHARACTERS;
    }

    static ProblemException invalidId(String mistake) {
        return ProblemException.invalid(List.of(new InvalidField("id", mistake)));
    }

    String key() {
        return id.asText();
    }

    /** The name of its only field; empty if it has none, or several. */
    String kind() {
        return ask.size() == 1 ? ask.fieldNames().next() : "";
    }

    /** What is wrong with an ask of no known kind. */
    ProblemException unknownKind(Iterable<String> kinds) {
        return ProblemException.invalid(List.of(new InvalidField(
                "ask",
                "Expected id and one of " + String.join(", ", kinds) + ", but got " + Quote.brief(ask.toString()))));
    }
}
