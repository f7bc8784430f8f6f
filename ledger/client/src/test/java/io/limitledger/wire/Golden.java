package io.limitledger.wire;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An object, and the file that says how it looks outside.
 *
 * @param version folder of the form; 1 at first, another when a type gets fields that the full file before it lacks
 * @param type simple name of the command, fact, reply or state record
 * @param variant {@code full}: every field has a value; {@code minimal}: no more than must be
 */
record Golden(Kind kind, int version, String type, String variant, Object value) {
    /** What the ledger puts on Kafka, and the folder of its files. */
    enum Kind {
        COMMAND("command"),
        EVENT("event"),
        REPLY("reply"),
        STATE("state");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }
    }

    static Golden full(Kind kind, Object value) {
        return full(kind, 1, value);
    }

    static Golden full(Kind kind, int version, Object value) {
        return new Golden(kind, version, typeOf(value), "full", value);
    }

    static Golden minimal(Kind kind, Object value) {
        return minimal(kind, 1, value);
    }

    static Golden minimal(Kind kind, int version, Object value) {
        return new Golden(kind, version, typeOf(value), "minimal", value);
    }

    private static String typeOf(Object value) {
        if (value instanceof LimitEvent event) {
            return event.fact().type();
        }
        // The form in which a limit is stored.
        return value instanceof SealedLimit
                ? Limit.class.getSimpleName()
                : value.getClass().getSimpleName();
    }

    String path() {
        return "golden/" + kind.folder + "/v" + version + '/' + type + '.' + variant + ".json";
    }

    /** The file's one line, without its end. */
    byte[] file() {
        try (InputStream file = Golden.class.getResourceAsStream('/' + path())) {
            if (file == null) {
                throw new AssertionError("Expected a golden file " + path() + ", but there is none; add it with\n"
                        + new String(write(), StandardCharsets.UTF_8));
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .stripTrailing()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] write() {
        return switch (kind) {
            case COMMAND -> CommandJson.write((LimitCommand) value);
            case EVENT -> EventJson.write((LimitEvent) value);
            case REPLY -> ReplyJson.write((Reply) value);
            case STATE -> StateJson.write(value);
        };
    }

    Object read(byte[] bytes) throws UnreadableRecordException {
        return switch (kind) {
            case COMMAND -> CommandJson.read(bytes);
            case EVENT -> EventJson.read(bytes);
            case REPLY -> ReplyJson.read(bytes);
            case STATE -> StateJson.read(bytes, value.getClass());
        };
    }

    @Override
    public String toString() {
        return path();
    }
}
