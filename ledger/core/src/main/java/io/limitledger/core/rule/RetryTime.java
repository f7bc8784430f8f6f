package io.limitledger.core.rule;

import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Reservations;

/** When it is worth asking again. */
final class RetryTime {
    /** Holders seldom keep a lease to its end; asking twice a minute costs little. */
    private static final long LONGEST_MILLIS = 30_000;

    private RetryTime() {}

    /**
     * Milliseconds from now, at least 1. Exact on a limit with decay, and where a quota is missing; otherwise the time to the
     * next lease's end, at most 30 s.
     */
    static long millis(Claim claim, Draft draft) {
        long bySlots = bySlots(claim, draft);
        if (!draft.limit().definition().isExtended()) {
            return bySlots;
        }
        Room room = Room.of(claim, draft);
        long fitsAt = room.fitsAt();
        if (fitsAt == LedgerState.NEVER) {
            return Math.max(bySlots, room.ofQuotasAt() - draft.now());
        }
        return fitsAt > draft.now() && draft.limit().waiting() == 0 ? fitsAt - draft.now() : bySlots;
    }

    private static long bySlots(Claim claim, Draft draft) {
        long slots = claim.needed();
        Limit limit = draft.limit();
        Definition definition = limit.definition();
        Reservations promised = Promise.soFar(draft);
        if (promised != null) {
            return Math.max(1, Promise.startFor(slots, promised, draft) - draft.now());
        }
        if (definition.decays() && definition.limit() > 0) {
            long decay = definition.decayNanosPerSecond();
            return Math.max(1, draft.bucket().millisUntilFits(slots, definition.limit(), decay));
        }
        long expiryAt = draft.state().firstExpiryAt(limit.name());
        return expiryAt == LedgerState.NEVER
                ? LONGEST_MILLIS
                : Math.max(1, Math.min(expiryAt - draft.now(), LONGEST_MILLIS));
    }
}
