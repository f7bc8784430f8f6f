package io.limitledger.gateway.http.request;

import io.limitledger.core.command.InvalidField;
import io.limitledger.gateway.http.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs in their one usual form; {@link UUID#fromString} also takes shorter ones, which are mistakes. */
public final class Ids {
    private Ids() {}

    /** Reads an id out of a path. */
    public static UUID required(String field, String text) {
        UUID id = parse(text);
        if (id == null) {
            throw ProblemException.invalid(
                    List.of(new InvalidField(field, "Expected a UUID, but got '" + Quote.brief(text) + "'")));
        }
        return id;
    }

    static @Nullable UUID parse(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
