package io.limitledger.core.rule;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.FinishRename;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.Retired;
import io.limitledger.core.state.SealedLimit;

/**
 * Decides {@link AdoptLimit}: takes over part after part, in their order, and says so at the end; or says that the name
 * is taken. Parts come more than once, and a part that comes after the limit has gone again must not bring it back.
 */
public final class AdoptLimitRule {
    private AdoptLimitRule() {}

    public static Reply decide(AdoptLimit sent, Draft draft) {
        AdoptLimit adopt =
                sent.laterBy(draft.laterHereMillis(sent.moved().limit().decidedAt()));
        Limit limit = draft.limitIfAny();
        if (limit == null) {
            begin(adopt, draft);
        } else if (!limit.id().equals(adopt.moved().limit().id())) {
            draft.send(finish(adopt, false));
        } else {
            goOn(adopt, limit, draft);
        }
        return new Settled(adopt.limit());
    }

    private static void begin(AdoptLimit adopt, Draft draft) {
        Limit moved = adopt.moved().limit();
        Retired before = new Retired(moved.id(), moved.moves() + 1);
        if (draft.state().isRetired(before)) {
            // It was here, and has been deleted or has gone on since; where it came from may not have heard of it.
            draft.send(finish(adopt, true));
        } else if (adopt.part() == 0) {
            Move move = Move.arriving(moved.name(), adopt.parts());
            long fence = Math.max(moved.progress().fence(), draft.state().fenceOfRemoved());
            SealedLimit arriving =
                    adopt.moved().with(moved.arriving(adopt.limit(), move).withFence(fence));
            draft.append(new LimitAdopted(moved.name(), arriving, adopt.leases(), adopt.waiters(), adopt.keys()));
            endIfWhole(adopt, draft);
        }
    }

    private static void goOn(AdoptLimit adopt, Limit limit, Draft draft) {
        Move move = limit.move();
        if (move != null && move.direction() == Move.Direction.LEAVING) {
            sayThatItHasGoneOn(adopt, limit, draft);
            return;
        }
        if (move != null && move.nextPart() == adopt.part()) {
            draft.append(new PartAdopted(adopt.leases(), adopt.waiters(), adopt.keys()));
        }
        endIfWhole(adopt, draft);
    }

    /** It may be on its way back, and the name that it came from must be free by then. */
    private static void sayThatItHasGoneOn(AdoptLimit adopt, Limit limit, Draft draft) {
        if (limit.moves() > adopt.moved().limit().moves()) {
            draft.send(finish(adopt, true));
        }
    }

    private static void endIfWhole(AdoptLimit adopt, Draft draft) {
        if (draft.limit().move() == null) {
            draft.send(finish(adopt, true));
            Settlement.settle(draft);
        }
    }

    private static FinishRename finish(AdoptLimit adopt, boolean adopted) {
        Limit moved = adopt.moved().limit();
        String oldName = moved.name();
        String newName = adopt.limit();
        return new FinishRename(oldName, newName, moved.id(), adopted, moved.offset());
    }
}
