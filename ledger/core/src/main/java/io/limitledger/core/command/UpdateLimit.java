package io.limitledger.core.command;

import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.Queueing;
import io.limitledger.core.state.Quota;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Change parts of a limit's definition, or set what is occupied without a lease. Leases and waiters stay. */
public record UpdateLimit(String limit, DefinitionChange change) implements LimitCommand {

    public UpdateLimit {
        change = change == null ? DefinitionChange.NONE : change;
    }

    @Override
    public int since() {
        boolean isOld = change.quotas() == null
                && change.perKey() == null
                && change.order() == null
                && change.maxWaiting() == null
                && change.whenFull() == null;
        return isOld ? 1 : 3;
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
                .maxWaiting(change.maxWaiting())
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
            Queueing.@Nullable Order order,
            @Nullable Long maxWaiting,
            Queueing.@Nullable WhenFull whenFull) {
        static final DefinitionChange NONE = new DefinitionChange(null, null, null, null, null);

        /** One of what bounds the slots that are occupied at the same time. */
        public DefinitionChange(
                @Nullable Long limit,
                @Nullable Double slotDecayPerSecond,
                @Nullable Boolean active,
                @Nullable Long unleasedSlots,
                @Nullable Long deniedSlots) {
            this(limit, slotDecayPerSecond, active, unleasedSlots, deniedSlots, null, null, null, null, null);
        }

        /** The definition that another one becomes by this. */
        public Definition appliedTo(Definition before) {
            return new Definition(
                    Objects.requireNonNullElse(limit, before.limit()),
                    Objects.requireNonNullElse(slotDecayPerSecond, before.slotDecayPerSecond()),
                    Objects.requireNonNullElse(active, before.active()),
                    Objects.requireNonNullElse(quotas, before.quotas()),
                    perKey == null ? before.perKey() : perKey,
                    queueing(before.queueing()));
        }

        private Queueing queueing(Queueing before) {
            return new Queueing(
                    Objects.requireNonNullElse(order, before.order()),
                    maxWaiting == null ? before.maxWaiting() : maxWaiting,
                    Objects.requireNonNullElse(whenFull, before.whenFull()));
        }
    }
}
