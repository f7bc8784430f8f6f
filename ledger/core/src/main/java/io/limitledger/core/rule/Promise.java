package io.limitledger.core.rule;

import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
import org.jspecify.annotations.Nullable;

/**
 * When waiters will start, where that is known: on a limit with decay, or with quotas and nothing else. A promise is kept, whatever happens to the limit; a
 * waiter that can start earlier, because slots came back, does.
 */
final class Promise {
    private Promise() {}

    /** What has been promised so far; null where nothing can be promised. */
    static @Nullable Reservations soFar(Draft draft) {
        Limit limit = draft.limit();
        if (!canBeMade(limit.definition())) {
            return null;
        }
        return limit.waiting() == 0
                ? Reservations.none(draft.bucket(), limit.usage().windows())
                : limit.reservations();
    }

    /** Where time alone makes room, in the order in which the waiters came. */
    private static boolean canBeMade(Definition definition) {
        return definition.isPaced()
                && definition.limit() > 0
                && !definition.isKeyed()
                && !definition.queueing().replacesOldest();
    }

    /** What remains promised after something came back before it had decayed. */
    static @Nullable Reservations afterReturn(long micros, Draft draft) {
        Limit limit = draft.limit();
        Reservations before = limit.reservations();
        return before == null ? null : before.givenBack(micros, limit.definition());
    }

    /** A waiter leaves the queue without slots; what was meant for it goes to those behind. */
    static void leave(Waiter waiter, WaiterLeft.Reason why, Draft draft) {
        boolean isLast = draft.limit().waiting() == 1;
        Reservations promised = afterReturn(waiter.claim().needed() * Bucket.MICROS, draft);
        Reservations left = isLast || promised == null ? null : promised.without(waiter);
        draft.append(new WaiterLeft(waiter.leaseId(), why, draft.now() - waiter.since(), left));
    }

    /** When a request could start now, in epoch milliseconds. */
    static long startFor(long slots, Reservations promised, Draft draft) {
        Limit limit = draft.limit();
        return promised.startFor(slots, limit.definition(), draft.bucket(), limit.waiting(), draft.aheadMillis());
    }

    /** Whether a start that was promised could be later under another definition. */
    static boolean isEndangeredBy(Definition definition, Draft draft) {
        Definition before = draft.limit().definition();
        return definition.active()
                && (definition.limit() < before.limit()
                        || definition.decayNanosPerSecond() < before.decayNanosPerSecond()
                        || Windows.isLowered(before.quotas(), definition.quotas())
                        || (canBeMade(before) && !canBeMade(definition)));
    }

    /**
     * Grants what has been promised, in a decision that is seldom made: it takes longer the longer the queue is. A waiter
     * that could start earlier by now does: the starts of those behind it were promised on that account.
     */
    static void keepAll(Definition definition, Draft draft) {
        Definition before = draft.limit().definition();
        if (!canBeMade(before)) {
            return;
        }
        Bucket bucket = draft.bucket();
        Reservations promised = Reservations.none(bucket, draft.limit().usage().windows());
        long ahead = draft.aheadMillis();
        long waiting = 0;
        for (Waiter waiter : Turn.order(draft)) {
            long couldStartAt = promised.startFor(waiter.claim().needed(), before, bucket, waiting++, ahead);
            Long latest = waiter.startsAt();
            long startsAt = latest == null ? couldStartAt : Math.min(latest, couldStartAt);
            promised = promised.with(waiter.claim().needed(), before, startsAt, ahead);
            if (latest != null) {
                Grant.asPromised(waiter, startsAt, definition, draft);
            }
        }
    }

    /**
     * What those in the queue could be promised under another definition: the one walk along the whole queue, for a
     * decision that is seldom made.
     */
    static @Nullable Reservations anew(Definition definition, Bucket bucket, Draft draft) {
        if (!canBeMade(definition) || draft.limit().waiting() == 0) {
            return null;
        }
        Limit limit = draft.limit();
        Windows windows = limit.usage()
                .windows()
                .converted(
                        limit.definition().quotas(),
                        definition.quotas(),
                        new Windows.Now(draft.now(), draft.aheadMillis()),
                        0);
        Reservations promised = Reservations.none(bucket, windows);
        long ahead = draft.aheadMillis();
        long waiting = 0;
        for (Waiter waiter : Turn.order(draft)) {
            long slots = waiter.claim().needed();
            if (definition.mayEverFit(slots)) {
                long startsAt = promised.startFor(slots, definition, bucket, waiting++, ahead);
                promised = promised.with(slots, definition, startsAt, ahead);
            }
        }
        return promised;
    }
}
