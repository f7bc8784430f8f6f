package io.limitledger.core.state;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one key of a limit; what is null is as for all others.
 *
 * @param limit as of {@link KeyBounds}
 * @param quotas instead of those of all keys; empty for none
 */
public record KeyOverride(
        @Nullable Long limit,
        @Nullable Double slotDecayPerSecond,
        @Nullable List<Quota> quotas,
        @Nullable Long maxWaiting,
        @Nullable Double weight) {

    /** Whether it says more than a weight. */
    public boolean bounds() {
        return limit != null || slotDecayPerSecond != null || quotas != null || maxWaiting != null;
    }

    /** On a limit that bounds no keys, only the weight counts. */
    KeyBounds over(KeyBounds common, boolean areBounded) {
        double itsWeight = Objects.requireNonNullElse(weight, common.weight());
        if (!areBounded) {
            return new KeyBounds(common.limit(), 0, List.of(), null, itsWeight);
        }
        return new KeyBounds(
                Objects.requireNonNullElse(limit, common.limit()),
                Objects.requireNonNullElse(slotDecayPerSecond, common.slotDecayPerSecond()),
                Objects.requireNonNullElse(quotas, common.quotas()),
                maxWaiting == null ? common.maxWaiting() : maxWaiting,
                itsWeight);
    }
}
