package io.limitledger.gateway.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.wire.SecondsJson;
import io.limitledger.wire.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, and collects the mistakes instead of stopping at the first. A field that is missing
 * or mistaken reads as its default; so everything else can still be checked. What no reader asked for is a mistake too.
 * The bounds of values are the core's to check.
 */
public final class JsonBody {
    /** More than any request has fields; an answer should not be much larger than its request. */
    private static final int MAX_UNKNOWN_KEYS = 20;

    /** Stands for an id that is missing, so that all else can still be checked. */
    private static final UUID NO_ID = new UUID(0, 0);

    private final ObjectNode json;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<InvalidField> mistakes = new ArrayList<>();
    private final List<Inner> inner = new ArrayList<>();

    /** An object in a field, whose mistakes are named by the way to it. */
    private record Inner(String path, JsonBody body) {
        Stream<InvalidField> mistakes() {
            return body.mistakes().stream()
                    .map(mistake -> new InvalidField(path + "." + mistake.field(), mistake.message()));
        }
    }

    private JsonBody(ObjectNode json) {
        this.json = json;
    }

    /** A body where no body means that every field has its default. */
    public static JsonBody optional(Context request) {
        JsonNode json = RequestBody.json(request);
        return of(json == null ? JsonNodeFactory.instance.objectNode() : json);
    }

    public static JsonBody required(Context request) {
        JsonNode json = RequestBody.json(request);
        if (json == null) {
            throw new ProblemException(ProblemType.UNREADABLE_BODY, "Expected a JSON object, but the body is empty");
        }
        return of(json);
    }

    /** JSON that came by another way than as the body of a request; a missing node if it is blank. */
    public static JsonNode parse(byte[] json) {
        return RequestBody.parse(json);
    }

    public static JsonBody of(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return new JsonBody(object);
        }
        throw new ProblemException(
                ProblemType.UNREADABLE_BODY, "Expected a JSON object, but got " + Quote.brief(json.toString()));
    }

    /** All mistakes so far, those of inner objects too, and the unknown keys. */
    public List<InvalidField> mistakes() {
        List<InvalidField> all = new ArrayList<>(mistakes);
        json.properties().stream()
                .map(property -> property.getKey())
                .filter(key -> !known.contains(key))
                .limit(MAX_UNKNOWN_KEYS)
                .forEach(key -> all.add(new InvalidField(
                        Quote.brief(key), "Expected only " + String.join(", ", known) + ", but got another key")));
        inner.forEach(one -> one.mistakes().forEach(all::add));
        return all;
    }

    /** One more mistake, which shows only beside other fields. */
    public void mistake(String field, String message) {
        mistakes.add(new InvalidField(field, message));
    }

    /** An object in a field. */
    public @Nullable JsonBody object(String field) {
        ObjectNode object = read(field, "an object", node -> node instanceof ObjectNode found ? found : null);
        return object == null ? null : inner(field, object);
    }

    /** The objects of an array in a field, in their order; null as well if anything else is in it. */
    public @Nullable List<JsonBody> objects(String field) {
        JsonNode array = read(field, "an array of objects", node -> node.isArray() ? node : null);
        if (array == null) {
            return null;
        }
        boolean isMistaken = false;
        List<JsonBody> objects = new ArrayList<>();
        for (int index = 0; index < array.size(); index++) {
            String path = field + "[" + index + "]";
            if (array.get(index) instanceof ObjectNode object) {
                objects.add(inner(path, object));
            } else {
                mistake(
                        path,
                        "Expected an object, but got "
                                + Quote.brief(array.get(index).toString()));
                isMistaken = true;
            }
        }
        return isMistaken ? null : objects;
    }

    /** An array, for whose elements the caller has readers; its objects are read by {@link #element}. */
    public List<JsonNode> requiredElements(String field, String expected, Predicate<JsonNode> isElement) {
        List<JsonNode> elements = read(field, expected, node -> {
            boolean isOfElements = node.isArray() && node.valueStream().allMatch(isElement);
            return isOfElements ? node.valueStream().toList() : null;
        });
        return required(field, expected, elements, List.of());
    }

    /** An object that is an element of an array in a field. */
    public JsonBody element(String field, int index, JsonNode object) {
        return inner(field + "[" + index + "]", (ObjectNode) object);
    }

    private JsonBody inner(String path, ObjectNode json) {
        JsonBody body = new JsonBody(json);
        inner.add(new Inner(path, body));
        return body;
    }

    public @Nullable Long wholeNumber(String field) {
        return read(field, "a whole number", Numbers::whole);
    }

    public long wholeNumber(String field, long otherwise) {
        return Objects.requireNonNullElse(wholeNumber(field), otherwise);
    }

    public long requiredWholeNumber(String field) {
        return required(field, "a whole number", wholeNumber(field), 0L);
    }

    public @Nullable Double number(String field) {
        return read(field, "a number", node -> node.isNumber() ? Numbers.fraction(node) : null);
    }

    public @Nullable String text(String field) {
        return read(field, "a string", node -> node.isTextual() ? node.textValue() : null);
    }

    public String requiredText(String field) {
        return required(field, "a string", text(field), "");
    }

    /** What is chosen by the client to tell things apart: a string or a whole number, as text. */
    public String requiredMark(String field) {
        String text = read(
                field,
                "a string or a whole number",
                node -> node.isTextual() || node.isIntegralNumber() ? node.asText() : null);
        return required(field, "a string or a whole number", text, "");
    }

    public UUID requiredId(String field) {
        return required(field, "a UUID", id(field), NO_ID);
    }

    public boolean has(String field) {
        return json.has(field);
    }

    /** One of the words for the constants of a type. */
    public <E extends Enum<E>> @Nullable E oneOf(String field, Class<E> type) {
        String words =
                Stream.of(type.getEnumConstants()).map(Words::of).collect(Collectors.joining("', '", "one of '", "'"));
        return read(field, words, node -> node.isTextual() ? Words.read(node.textValue(), type) : null);
    }

    public @Nullable Boolean flag(String field) {
        return read(field, "true or false", node -> node.isBoolean() ? node.booleanValue() : null);
    }

    /** A duration, in milliseconds. */
    public long seconds(String field, long otherwiseMillis) {
        BigDecimal seconds = read(field, "a number of seconds", node -> node.isNumber() ? node.decimalValue() : null);
        return seconds == null ? otherwiseMillis : millis(seconds);
    }

    /** Never rounded to zero, which would mean something else. */
    private static long millis(BigDecimal seconds) {
        long millis = SecondsJson.millis(seconds);
        return millis == 0 ? seconds.signum() : millis;
    }

    public @Nullable UUID id(String field) {
        return read(field, "a UUID", node -> node.isTextual() ? Ids.parse(node.textValue()) : null);
    }

    /** The holder that the client names. */
    public @Nullable Holder holder(String field) {
        return read(
                field,
                "an object or a string, in whole Unicode characters and with numbers that a double has",
                JsonBody::holder);
    }

    private static @Nullable Holder holder(JsonNode node) {
        if (!node.isObject() && !node.isTextual()) {
            return null;
        }
        String json = node.toString();
        if (!Numbers.areKept(node)) {
            return null;
        }
        boolean hasHalfCharacters = json.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        return hasHalfCharacters ? null : new Holder(json);
    }

    private <T> @Nullable T read(String field, String expected, Function<JsonNode, @Nullable T> reader) {
        known.add(field);
        JsonNode node = json.get(field);
        if (node == null) {
            return null;
        }
        T value = reader.apply(node);
        if (value == null) {
            mistakes.add(new InvalidField(
                    field, "Expected " + expected + ", but got " + Quote.brief(node.toString()) + hint(node)));
        }
        return value;
    }

    private static String hint(JsonNode node) {
        return node.isNull() ? "; leave the field out for its default" : "";
    }

    private <T> T required(String field, String expected, @Nullable T value, T placeholder) {
        if (value == null && !json.has(field)) {
            mistakes.add(new InvalidField(field, "Expected " + expected + ", but it is missing"));
        }
        return Objects.requireNonNullElse(value, placeholder);
    }
}
