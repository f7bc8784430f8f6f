package io.limitledger.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Change parts of a limit's definition. Leases and waiters stay. */
public record UpdateLimit(String limit, DefinitionChange change) implements LimitCommand {

    public UpdateLimit {
        change = change == null ? DefinitionChange.NONE : change;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .limit(change.limit())
                .decay(change.slotDecayPerSecond())
                .mistakes();
    }

    /** The fields of a definition that change; null leaves a field as it is. */
    public record DefinitionChange(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,
            @Nullable Boolean active) {
        static final DefinitionChange NONE = new DefinitionChange(null, null, null);
    }
}
