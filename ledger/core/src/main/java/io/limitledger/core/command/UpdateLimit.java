package io.limitledger.core.command;

import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Change parts of a limit's definition, or set what is occupied without a lease. Leases and waiters stay. */
public record UpdateLimit(String limit, DefinitionChange change) implements LimitCommand {

    public UpdateLimit {
        change = change == null ? DefinitionChange.NONE : change;
    }

    @Override
    public int since() {
        return change.quotas() == null && change.perKey() == null && change.queueing() == null ? 1 : 3;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .limit(change.limit())
                .decay(change.slotDecayPerSecond())
                .count("unleasedSlots", change.unleasedSlots())
                .count("deniedSlots", change.deniedSlots())
                .quotas("quotas", change.quotas())
                .perKey(change.perKey())
                .queueing(change.queueing())
                .mistakes();
    }

    /**
     * What changes; null leaves a field as it is.
     *
     * @param unleasedSlots slots that are occupied without a lease; never those of a lease
     * @param deniedSlots makes clients that are denied on a limit without decay wait longer, see {@code Demand}
     * @param quotas all of them from now on; empty for none
     */
    public record DefinitionChange(
            @Nullable Long limit,
            @Nullable Double slotDecayPerSecond,
            @Nullable Boolean active,
            @Nullable Long unleasedSlots,
            @Nullable Long deniedSlots,
            @Nullable List<Quota> quotas,
            @Nullable KeyBounds perKey,
            @Nullable Queueing queueing) {
        static final DefinitionChange NONE = new DefinitionChange(null, null, null, null, null);

        /** One of what bounds the slots that are occupied at the same time. */
        public DefinitionChange(
                @Nullable Long limit,
                @Nullable Double slotDecayPerSecond,
                @Nullable Boolean active,
                @Nullable Long unleasedSlots,
                @Nullable Long deniedSlots) {
            this(limit, slotDecayPerSecond, active, unleasedSlots, deniedSlots, null, null, null);
        }
    }
}
