package io.limitledger.core.rule;

import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;

/** Decides {@link ReturnSlots}: slots that no lease owns are free again; an inactive limit is left as it is. */
public final class ReturnSlotsRule {
    private ReturnSlotsRule() {}

    public static Reply decide(ReturnSlots command, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("return slots of");
        }
        if (!draft.limit().definition().active()) {
            return new Returned(command.limit(), 0);
        }
        Bucket bucket = draft.bucket();
        Bucket after = bucket.withoutUnleased(command.slots());
        long freed = bucket.levelMicros() - after.levelMicros();
        draft.append(new SlotsReturned(freed, after, demand(command, draft), Promise.afterReturn(freed, draft)));
        HandOver.run(draft);
        return new Returned(command.limit(), freed);
    }

    private static Demand demand(ReturnSlots command, Draft draft) {
        Demand demand = draft.limit().demand();
        return command.occupancyMillis() == 0
                ? demand
                : demand.occupied(
                        command.occupancyMillis() / 1_000.0,
                        command.slots(),
                        draft.limit().definition().limit());
    }
}
