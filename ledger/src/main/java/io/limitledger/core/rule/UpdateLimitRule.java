package io.limitledger.core.rule;

import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import java.util.Objects;

/**
 * Decides {@link UpdateLimit}. Nothing that is held is taken away: a limit lowered below what is occupied grants nothing
 * until enough has come back, and one that is deactivated goes on counting what was taken before.
 */
public final class UpdateLimitRule {
    private UpdateLimitRule() {}

    public static Reply decide(UpdateLimit update, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("change");
        }
        redefine(changed(draft.limit().definition(), update.change()), draft);
        return new Stored(draft.limit(), false);
    }

    private static Definition changed(Definition definition, DefinitionChange change) {
        return new Definition(
                Objects.requireNonNullElse(change.limit(), definition.limit()),
                Objects.requireNonNullElse(change.slotDecayPerSecond(), definition.slotDecayPerSecond()),
                Objects.requireNonNullElse(change.active(), definition.active()));
    }

    static void redefine(Definition definition, Draft draft) {
        boolean stopsDecaying = draft.limit().definition().decays() && !definition.decays();
        Bucket bucket = draft.bucket();
        draft.append(
                new LimitUpdated(definition, stopsDecaying ? bucket.holding(leasedMicros(bucket, draft)) : bucket));
        HandOver.run(draft);
    }

    /** What all leases may still give back. What was lost between them by reckoning safely would never drain now. */
    private static long leasedMicros(Bucket bucket, Draft draft) {
        long leased = 0;
        for (Lease lease : draft.state().leases(draft.limit().name())) {
            leased += lease.undecayedMicros(bucket);
        }
        return leased;
    }
}
