package io.limitledger.core.rule;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.reply.Moving;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@link RenameLimit}: the limit decides nothing more, and all of it is sent to the partition of the new name. When
 * the command is repeated, or a tick comes, it is sent again.
 */
public final class RenameLimitRule {
    /** Leases, or waiters, in one message: with the longest holders it stays well below the size of a record. */
    private static final int PER_PART = 200;

    /** Keys in one message: each may have the windows of four quotas. */
    private static final int KEYS_PER_PART = 20;

    private RenameLimitRule() {}

    public static Reply decide(RenameLimit rename, Draft draft) {
        Limit limit = draft.limitIfAny();
        if (limit == null) {
            return draft.limitNotFound("rename");
        }
        if (rename.newName().equals(rename.limit())) {
            return new Renamed(rename.limit(), rename.newName());
        }
        if (limit.move() != null && !limit.move().isLeavingFor(rename.newName())) {
            return draft.moving();
        }
        leave(rename.newName(), draft.entry().asker(), draft);
        return new Moving(rename.limit(), rename.newName());
    }

    /** Sends a limit again that is on its way. */
    static void sendAgain(Move move, Draft draft) {
        draft.causedBy(move.by(), by -> leave(move.other(), move.asker(), draft));
    }

    private static void leave(String newName, @Nullable Asker asker, Draft draft) {
        draft.append(new LimitLeaving(newName, asker));
        parts(newName, draft).forEach(draft::send);
    }

    private static List<AdoptLimit> parts(String newName, Draft draft) {
        SealedLimit moved = new SealedLimit(draft.limit().moving(null), null);
        String limit = draft.limit().name();
        List<Lease> leases = new ArrayList<>();
        // Confirmations that come meanwhile are refused, or find no lease; so none stays provisional.
        draft.state()
                .leases(limit)
                .forEach(lease -> leases.add(lease.confirmed(draft.now()).movedTo(newName)));
        List<Waiter> waiters = new ArrayList<>();
        draft.state().waiters(limit).forEach(waiter -> waiters.add(waiter.movedTo(newName)));
        List<KeyUse> keys = new ArrayList<>();
        draft.state().keyUses(limit).forEach(key -> keys.add(key.movedTo(newName)));
        int longest = Math.max(Math.max(leases.size(), waiters.size()), keys.size() * PER_PART / KEYS_PER_PART);
        int parts = 1 + longest / PER_PART;
        List<AdoptLimit> messages = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            messages.add(new AdoptLimit(
                    newName,
                    moved,
                    part,
                    parts,
                    slice(leases, part, PER_PART),
                    slice(waiters, part, PER_PART),
                    slice(keys, part, KEYS_PER_PART)));
        }
        return messages;
    }

    private static <T> List<T> slice(List<T> all, int part, int perPart) {
        int from = Math.min(part * perPart, all.size());
        return all.subList(from, Math.min(from + perPart, all.size()));
    }
}
