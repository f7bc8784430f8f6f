package io.limitledger.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Change parts of a limit's definition, or set what is occupied without a lease. Leases and waiters stay. */
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
                .count("unleasedSlots", change.unleasedSlots())
                .count("deniedSlots", change.deniedSlots())
                .mistakes();
    }

    /**
     * What changes; null leaves a field as it is.
     *
     * @param unleasedSlots slots that are occupied without a lease; never those of a lease
     * @param deniedSlots makes clients that are denied on a limit without decay wait longer, see {@code Demand}
     */
    public record DefinitionChange(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,
            @Nullable Boolean active,
            @Nullable Long unleasedSlots,
            @Nullable Long deniedSlots) {
        static final DefinitionChange NONE = new DefinitionChange(null, null, null, null, null);
    }
}
