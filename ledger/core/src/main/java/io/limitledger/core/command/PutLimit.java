package io.limitledger.core.command;

import io.limitledger.core.state.Definition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Create a limit, or replace its definition. Leases and waiters stay.
 *
 * @param limitId the id of the limit if it is created; null lets it be derived from the name and the place in the log
 * @param mustBeNew refuse instead of replacing
 */
public record PutLimit(
        String limit, Definition definition, @Nullable UUID limitId, boolean mustBeNew) implements LimitCommand {
    @Override
    public int since() {
        return definition != null && definition.isExtended() ? 3 : 1;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks().name("limit", limit).definition(definition).mistakes();
    }
}
