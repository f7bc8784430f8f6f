package io.limitledger.core.rule;

import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Waiter;
import java.util.List;

/** Decides {@link DeleteLimit}: leases end with the limit, and all waiters are refused. */
public final class DeleteLimitRule {
    private DeleteLimitRule() {}

    public static Reply decide(DeleteLimit delete, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("delete");
        }
        for (Waiter waiter : draft.state().waiters(delete.limit())) {
            draft.answer(waiter.asker(), deleted(waiter));
        }
        draft.append(new LimitDeleted());
        return new Deleted(delete.limit());
    }

    private static Refused deleted(Waiter waiter) {
        return new Refused(
                Refused.Reason.LIMIT_DELETED,
                "Expected to wait for slots of limit '" + waiter.limit() + "', but it was deleted",
                List.of());
    }
}
