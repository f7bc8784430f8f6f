package io.limitledger.core.rule;

import io.limitledger.core.command.DefineKey;
import io.limitledger.core.event.KeyDefined;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyOverride;

/** Decides {@link DefineKey}. As with every edit nothing that is held is taken away. */
public final class DefineKeyRule {
    private DefineKeyRule() {}

    public static Reply decide(DefineKey define, Draft draft) {
        if (draft.limitIfAny() == null) {
            return draft.limitNotFound("define a key of");
        }
        KeyOverride override = define.override();
        if (override != null && !counts(override, draft.limit().definition())) {
            return draft.refuse(
                    null,
                    Refused.Reason.KEYS_NOT_BOUNDED,
                    "Expected limit '" + define.limit()
                            + "' to bound its keys, but it has no perKey, so that there is nothing to "
                            + "override, and a weight counts only with order 'fair'; define perKey first");
        }
        if (override != null && !AcquireLeaseRule.hasRoomForKey(define.key(), draft)) {
            return AcquireLeaseRule.tooManyKeys(null, draft);
        }
        draft.append(new KeyDefined(define.key(), override));
        HandOver.turnAway(draft);
        HandOver.run(draft);
        return new KeyStored(define.limit(), define.key(), override);
    }

    private static boolean counts(KeyOverride override, Definition definition) {
        return definition.perKey() != null || (definition.isFair() && !override.bounds());
    }
}
