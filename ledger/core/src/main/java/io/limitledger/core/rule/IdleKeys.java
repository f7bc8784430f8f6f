package io.limitledger.core.rule;

import io.limitledger.core.event.KeysForgotten;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets keys that have become idle by time alone. Rules treat an idle key as one without a record, so nothing depends on
 * when that is done.
 */
final class IdleKeys {
    /** So long after it is idle a key is forgotten: with others, and not by a tick of its own. */
    private static final long TOGETHER_MILLIS = 5_000;

    private IdleKeys() {}

    /** When there is something to forget, in epoch milliseconds. */
    static long dueAt(Limit limit, LedgerState state) {
        KeyUse first = state.firstIdleKey(limit.name());
        return first == null ? LedgerState.NEVER : idleAt(first, limit, state) + TOGETHER_MILLIS;
    }

    /** Forgets those that are due, if any. */
    static void forgetDue(Draft draft) {
        if (dueAt(draft.limit(), draft.state()) <= draft.now()) {
            forget(draft);
        }
    }

    /** Forgets those that are idle. */
    static void forget(Draft draft) {
        Limit limit = draft.limit();
        List<String> idle = new ArrayList<>();
        for (KeyUse use : draft.state().idleKeys(limit.name(), Bounds.FORGOTTEN_KEYS)) {
            if (idleAt(use, limit, draft.state()) <= draft.now()) {
                idle.add(use.key());
            }
        }
        if (!idle.isEmpty()) {
            draft.append(new KeysForgotten(idle));
        }
    }

    private static long idleAt(KeyUse use, Limit limit, LedgerState state) {
        return use.idleAt(
                limit.definition().boundsOf(use.override()), state.leaseClock().aheadMillis());
    }
}
