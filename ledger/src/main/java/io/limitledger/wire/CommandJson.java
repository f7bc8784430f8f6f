package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.limitledger.core.command.LimitCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private CommandJson() {}

    public static byte[] write(LimitCommand command) {
        try {
            return WRITER.writeValueAsBytes(command);
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
        if (value == null || value.length == 0) {
            throw new UnreadableRecordException("Expected a command in JSON, but the record has no value");
        }
        try {
            LimitCommand command = READER.readValue(value);
            if (command == null) {
                throw new UnreadableRecordException("Expected a command in JSON, but got null");
            }
            return command;
        } catch (InvalidTypeIdException e) {
            throw new UnreadableRecordException("Expected \"type\" to be one of " + TYPES + ", but got "
                    + (e.getTypeId() == null ? "none" : "'" + e.getTypeId() + "'"));
        } catch (JsonMappingException e) {
            throw new UnreadableRecordException(
                    e.getPath().isEmpty()
                            ? "Expected a JSON object with a \"type\", but got something else"
                            : "Expected a valid field '" + path(e) + "', but " + brief(e.getOriginalMessage()));
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException("Expected a command in JSON, but " + firstLine(e));
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? "[]" : reference.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return brief(String.valueOf(message).lines().findFirst().orElse("it is unreadable"));
    }

    /** Without the reader's own advice in brackets, which is for programmers of this class and not of commands. */
    private static String brief(String message) {
        int advice = message.indexOf(" (");
        String brief = advice < 0 ? message : message.substring(0, advice);
        return brief.startsWith("Missing required creator property") ? "it is missing" : brief;
    }
}
