package io.limitledger.core.rule;

import io.limitledger.core.command.PutLimit;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Decides {@link PutLimit}: creates the limit, replaces its definition, or refuses to replace. */
public final class PutLimitRule {
    private PutLimitRule() {}

    public static Reply decide(PutLimit put, Draft draft) {
        if (draft.limitIfAny() == null) {
            draft.append(new LimitCreated(idOf(put, draft), put.definition(), draft.fenceOfRemoved()));
            return new Stored(draft.limit(), true);
        }
        if (put.mustBeNew()) {
            return draft.refuse(
                    null,
                    Refused.Reason.LIMIT_EXISTS,
                    "Expected to create limit '" + put.limit() + "', but it exists already");
        }
        UpdateLimitRule.redefine(put.definition(), draft);
        return new Stored(draft.limit(), false);
    }

    /** An id that no other limit has: no two commands share name, offset and time. */
    private static UUID idOf(PutLimit put, Draft draft) {
        if (put.limitId() != null) {
            return put.limitId();
        }
        String origin = put.limit() + '/' + draft.entry().offset() + '/' + draft.now();
        return UUID.nameUUIDFromBytes(origin.getBytes(StandardCharsets.UTF_8));
    }
}
