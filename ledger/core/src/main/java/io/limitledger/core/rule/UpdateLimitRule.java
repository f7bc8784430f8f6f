package io.limitledger.core.rule;

import io.limitledger.core.command.InvalidField;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Lease;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides {@link UpdateLimit}. Nothing that is held is taken away: a limit lowered below what is occupied grants nothing
 * until enough has come back, and one that is deactivated goes on counting what was taken before. What has been promised
 * is granted, before the change could make it late.
 */
public final class UpdateLimitRule {
    private UpdateLimitRule() {}

    public static Reply decide(UpdateLimit update, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("change");
        }
        DefinitionChange change = update.change();
        Definition definition = change.appliedTo(draft.limit().definition());
        if (definition.isExtended()) {
            List<InvalidField> invalid = new PutLimit(update.limit(), definition, null, false).invalidFields();
            if (!invalid.isEmpty()) {
                return makesNoSense(invalid, draft);
            }
        }
        if (Promise.isEndangeredBy(definition, draft) || takesMore(change, draft)) {
            Promise.keepAll(definition, draft);
        }
        Bucket bucket = converted(definition, draft);
        redefine(definition, setUnleased(bucket, change), demand(change, draft), draft);
        return new Stored(draft.limit(), false);
    }

    /** What is right by itself may not be so beside what the limit says already. */
    private static Refused makesNoSense(List<InvalidField> fields, Draft draft) {
        String message = fields.stream()
                .map(field -> field.field() + ": " + field.message())
                .collect(Collectors.joining(
                        "; ",
                        "Expected a change that makes sense on limit '"
                                + draft.limit().name() + "', but ",
                        ""));
        draft.refuse(null, Refused.Reason.INVALID_DEFINITION, message);
        return new Refused(Refused.Reason.INVALID_DEFINITION, message, fields);
    }

    private static boolean takesMore(DefinitionChange change, Draft draft) {
        return change.unleasedSlots() != null
                && change.unleasedSlots() * Bucket.MICROS > draft.bucket().unleasedMicros();
    }

    private static Bucket setUnleased(Bucket bucket, DefinitionChange change) {
        return change.unleasedSlots() == null ? bucket : bucket.withUnleasedSetTo(change.unleasedSlots());
    }

    private static Demand demand(DefinitionChange change, Draft draft) {
        Demand demand = draft.limit().demand();
        return change.deniedSlots() == null ? demand : demand.denied(change.deniedSlots(), draft.now());
    }

    static void redefine(Definition definition, Draft draft) {
        if (Promise.isEndangeredBy(definition, draft)) {
            Promise.keepAll(definition, draft);
        }
        redefine(definition, converted(definition, draft), draft.limit().demand(), draft);
    }

    private static void redefine(Definition definition, Bucket bucket, Demand demand, Draft draft) {
        draft.append(new LimitUpdated(definition, bucket, demand, Promise.anew(definition, bucket, draft)));
        HandOver.turnAway(draft);
        HandOver.run(draft);
    }

    /** What is held stays occupied under another definition; what nothing holds, only where it can drain. */
    private static Bucket converted(Definition definition, Draft draft) {
        boolean stopsDecaying = draft.limit().definition().decays() && !definition.decays();
        Bucket bucket = draft.bucket();
        if (!stopsDecaying) {
            return bucket;
        }
        long leased = leasedMicros(bucket, draft);
        return draft.isSince(SecondRules.VERSION) ? bucket.holdingOnly(leased) : bucket.holding(leased);
    }

    /** What all leases may still give back. What was lost between them by rounding to the safe side would never drain now. */
    private static long leasedMicros(Bucket bucket, Draft draft) {
        long leased = 0;
        for (Lease lease : draft.state().leases(draft.limit().name())) {
            leased += lease.undecayedMicros(bucket);
        }
        return leased;
    }
}
