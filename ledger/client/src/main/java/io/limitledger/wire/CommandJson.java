package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.limitledger.core.command.LimitCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A command as the value of a record on the commands topic. */
public final class CommandJson {
    private static final ObjectReader READER = LedgerJson.PUBLIC.readerFor(LimitCommand.class);
    private static final ObjectWriter WRITER = LedgerJson.PUBLIC.writerFor(LimitCommand.class);
    private static final String TYPES = Stream.of(LimitCommand.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", "));
    /** What the reader adds for programmers of this class, and not of commands. */
    private static final Pattern ADVICE = Pattern.compile(
            " \\((but|although) [^)]*\\)|, from `[^`]*`|( \\(start marker|: enable `|\\R).*", Pattern.DOTALL);

    /** What commands say since version 3 of the rules, and what they carry. */
    private static final Set<String> FIELDS_SINCE_3 = Set.of(
            "key",
            "priority",
            "upTo",
            "onExpiry",
            "check",
            "used",
            "quotas",
            "perKey",
            "order",
            "maxWaiting",
            "whenFull",
            "windows",
            "virtualTime",
            "fence",
            "spend",
            "keys");

    /** The same since version 4. */
    private static final Set<String> FIELDS_SINCE_4 = Set.of("owner");

    /** Objects in which names mean something else. */
    private static final Set<String> OTHER_WORDS = Set.of("holder", "asker", "handedTo");

    private CommandJson() {}

    public static byte[] write(LimitCommand command) {
        byte[] usual = UsualJsonWriter.write(command);
        try {
            return usual != null ? usual : WRITER.writeValueAsBytes(command);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a command, or says why it is none.
     *
     * @throws UnreadableRecordException if it is not a command; its message says what was expected and what came
     */
    public static LimitCommand read(byte @Nullable [] value) throws UnreadableRecordException {
        return read(value, Integer.MAX_VALUE);
    }

    /**
     * Reads a command as a version of the rules knows it: what says more is no command to that version.
     *
     * @throws UnreadableRecordException if it is not a command; its message says what was expected and what came
     */
    static LimitCommand read(byte @Nullable [] value, int rules) throws UnreadableRecordException {
        LimitCommand command = readAsOfNow(value);
        if (rules < LimitCommand.OWNERS_SINCE && saysMore(Objects.requireNonNull(value), rules)) {
            throw new UnreadableRecordException(
                    "Expected a command that version " + rules + " of the rules understands, but it says more");
        }
        return command;
    }

    /** Also where what it says makes no difference, as an empty list: to those before it was an unknown field. */
    private static boolean saysMore(byte[] value, int rules) {
        try {
            return saysMore(LedgerJson.PUBLIC.readTree(value), rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean saysMore(JsonNode node, int rules) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isLater(field.getKey(), rules)
                    || (!OTHER_WORDS.contains(field.getKey()) && saysMore(field.getValue(), rules))) {
                return true;
            }
        }
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            if (saysMore(element, rules)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLater(String field, int rules) {
        return FIELDS_SINCE_4.contains(field) || (rules < 3 && FIELDS_SINCE_3.contains(field));
    }

    private static LimitCommand readAsOfNow(byte @Nullable [] value) throws UnreadableRecordException {
        if (value == null || value.length == 0) {
            throw new UnreadableRecordException("Expected a command in JSON, but the record has no value");
        }
        LimitCommand usual = UsualCommandReader.read(value);
        if (usual != null) {
            return usual;
        }
        requireObject(value);
        try {
            return READER.readValue(value);
        } catch (InvalidTypeIdException e) {
            throw new UnreadableRecordException("Expected \"type\" to be one of " + TYPES + ", but got "
                    + (e.getTypeId() == null ? "none" : "'" + e.getTypeId() + "'"));
        } catch (UnrecognizedPropertyException e) {
            throw new UnreadableRecordException("Expected one of the fields " + e.getKnownPropertyIds() + ", but got '"
                    + path(e) + "', which is unknown");
        } catch (JsonMappingException e) {
            throw new UnreadableRecordException(mistake(e));
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException("Expected a command in JSON, but " + brief(e));
        }
    }

    /** The reader itself would also take other encodings, and objects wrapped in an array. */
    private static void requireObject(byte[] value) throws UnreadableRecordException {
        int start = 0;
        while (start < value.length && isBlank(value[start])) {
            start++;
        }
        if (start == value.length || value[start] != '{' || (start + 1 < value.length && value[start + 1] == 0)) {
            throw new UnreadableRecordException("Expected a command as a JSON object in UTF-8, but the record does not"
                    + " start with '{' (no byte order mark, no other encoding)");
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    private static String mistake(JsonMappingException e) {
        String brief = brief(e);
        if (e.getPath().isEmpty()) {
            return brief.startsWith("Trailing token")
                    ? "Expected one JSON object, but something follows it"
                    : "Expected a command in JSON, but " + brief;
        }
        return brief.startsWith("Expected ")
                ? "Field '" + path(e) + "': " + brief
                : "Expected a valid field '" + path(e) + "', but " + brief;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? "[]" : reference.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String brief(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        String brief = ADVICE.matcher(String.valueOf(message)).replaceAll("");
        return brief.startsWith("Missing required creator property") ? "it is missing" : brief;
    }
}
