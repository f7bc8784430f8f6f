package io.limitledger.core.rule;

import io.limitledger.core.command.FinishRename;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.LimitStayed;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import java.util.List;

/** Decides {@link FinishRename}: the limit has left, or stays, and the client that wanted it renamed gets its reply. */
public final class FinishRenameRule {
    private FinishRenameRule() {}

    public static Reply decide(FinishRename finish, Draft draft) {
        Limit limit = draft.limitIfAny();
        Move move = limit == null ? null : limit.move();
        if (move != null
                && move.isLeavingFor(finish.newName())
                && draft.limit().id().equals(finish.limitId())
                && answersTheLast(finish, draft.limit())) {
            end(finish, move, draft);
        }
        return new Settled(finish.limit());
    }

    private static boolean answersTheLast(FinishRename finish, Limit limit) {
        return finish.offset() == null || finish.offset() == limit.offset();
    }

    private static void end(FinishRename finish, Move move, Draft draft) {
        if (finish.adopted()) {
            draft.append(new LimitLeft(finish.newName()));
            draft.answer(move.asker(), new Renamed(finish.limit(), finish.newName()));
        } else {
            draft.append(new LimitStayed(finish.newName()));
            draft.answer(move.asker(), taken(finish));
            confirmAll(draft);
            Settlement.settle(draft);
        }
    }

    /** Confirmations that came meanwhile were refused, so every lease counts as confirmed. */
    private static void confirmAll(Draft draft) {
        for (Lease lease : draft.state().leases(draft.limit().name())) {
            if (lease.handedTo() != null) {
                Lease whole = lease.confirmed(draft.now());
                draft.append(new LeaseRenewed(whole.leaseId(), whole.expiresAt(), whole.holder()));
            }
        }
    }

    private static Refused taken(FinishRename finish) {
        return new Refused(
                Refused.Reason.LIMIT_EXISTS,
                "Expected to rename limit '" + finish.limit() + "' to '" + finish.newName()
                        + "', but there is a limit of that name",
                List.of());
    }
}
