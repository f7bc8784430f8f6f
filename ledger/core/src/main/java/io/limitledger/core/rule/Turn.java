package io.limitledger.core.rule;

import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Whose turn it is in a queue, and when. */
final class Turn {
    private Turn() {}

    /**
     * Epoch milliseconds from which the next waiter can be served, or from which another is the next, if nothing else happens;
     * {@link LedgerState#NEVER} if something else has to happen first.
     *
     * @param at epoch milliseconds as of which it is asked
     */
    static long of(Limit limit, LedgerState state, long at) {
        if (limit.waiting() == 0) {
            return LedgerState.NEVER;
        }
        Waiter head = state.firstInQueue(limit.name(), at);
        long turnAt = head == null ? LedgerState.NEVER : of(head, limit, state);
        return Math.min(turnAt, state.firstRoomOfKeyAt(limit.name()));
    }

    /** When this one can be served, if it is the next. */
    static long of(Waiter head, Limit limit, LedgerState state) {
        return head.leaseMillis() > 0 && limit.leases() >= Bounds.LEASES_PER_LIMIT
                ? LedgerState.NEVER
                : limit.fitsAt(head.claim().needed(), state.leaseClock().aheadMillis());
    }

    /** Whether one that comes now would be the next. What has been promised a start is not overtaken. */
    static boolean isFirst(Waiter newcomer, Draft draft) {
        Limit limit = draft.limit();
        if (limit.waiting() == 0) {
            return true;
        }
        if (limit.reservations() != null) {
            return false;
        }
        return draft.state().isFirst(newcomer, virtualTime(newcomer, draft), draft.now());
    }

    /**
     * The virtual time at which a waiter's key takes part in a fair queue. A key that begins to wait starts with the least of
     * those that wait, or where the last turn was: so being idle earns no credit.
     */
    static long virtualTime(Waiter waiter, Draft draft) {
        String group = waiter.claim().group(draft.limit().definition());
        if (group == null || !draft.limit().definition().isFair()) {
            return 0;
        }
        KeyUse use = draft.keyUse(group);
        String limit = draft.limit().name();
        if (draft.state().waitingInGroup(limit, group) > 0) {
            return use.virtualTime();
        }
        Long least = draft.state().leastVirtualTime(limit);
        return Math.max(
                use.virtualTime(),
                Objects.requireNonNullElse(least, draft.limit().usage().virtualTime()));
    }

    /** All waiters in the order of their turns, where keys have no say. Takes longer the more there are. */
    static List<Waiter> order(Draft draft) {
        List<Waiter> waiters = new ArrayList<>();
        draft.state().waiters(draft.limit().name()).forEach(waiters::add);
        waiters.sort(Comparator.comparing(Waiter::rank));
        return waiters;
    }
}
