package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
import io.limitledger.gateway.view.LimitsView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a limit on which keys or head starts have a say, as the view has it.
 *
 * @param now epoch milliseconds
 */
record Queue(Limit limit, LimitsView view, long now) {
    /** A queue is looked through this far to see whether anyone waits for the limit itself. */
    private static final int LOOKED_THROUGH = 1_000;

    static Queue of(Limit limit, LimitsView view, long now) {
        return new Queue(limit, view, now);
    }

    /** Whether someone waits for what all keys share, so that no one else is granted anything; in doubt it is so. */
    boolean isBlocked() {
        List<Waiter> first = view.waiters(limit.name(), QueueCursor.FRONT.mark(), LOOKED_THROUGH);
        return first.size() >= LOOKED_THROUGH
                || first.stream().anyMatch(waiter -> obstacle(waiter).scope() == Obstacle.Scope.LIMIT);
    }

    /**
     * The positions of all waiters, from 1: by the time at which they came, their head starts taken off. On a fair limit among
     * those with the same key, because each grant changes the order of the keys.
     */
    Map<UUID, Long> places() {
        boolean isFair = limit.definition().isFair();
        Map<String, Long> counts = new HashMap<>();
        Map<UUID, Long> places = new HashMap<>();
        view.waiters(limit.name(), QueueCursor.FRONT.mark(), Integer.MAX_VALUE).stream()
                .sorted(Comparator.comparing(Waiter::rank))
                .forEach(waiter -> {
                    String key = waiter.claim().key();
                    String group = isFair && key != null ? key : KeyUse.WITHOUT_KEY;
                    places.put(waiter.leaseId(), counts.merge(group, 1L, Long::sum));
                });
        return places;
    }

    /** What a waiter waits for: of the bounds under which slots are missing, the one that holds it up the longest. */
    Obstacle obstacle(Waiter waiter) {
        Claim claim = waiter.claim();
        Definition definition = limit.definition();
        long limitAt = limit.fitsAt(claim.needed(), 0);
        String key = definition.perKey() == null || !definition.active() ? null : claim.key();
        if (key != null) {
            KeyUse use = view.key(limit.name(), key).use();
            KeyBounds bounds = definition.boundsOf(use == null ? null : use.override());
            KeyUse used = use == null ? KeyUse.none(limit.name(), key, bounds, now, 0) : use;
            long keyAt = used.fitsAt(claim.needed(), bounds, 0);
            if (keyAt > now && (limitAt <= now || keyAt > limitAt)) {
                return new Obstacle(
                        Obstacle.Scope.KEY, quota(claim.needed(), bounds.quotas(), used.windows(), keyAt));
            }
        }
        Integer quota = limitAt <= now
                ? null
                : quota(claim.needed(), definition.quotas(), limit.usage().windows(), limitAt);
        return new Obstacle(Obstacle.Scope.LIMIT, quota);
    }

    private static @Nullable Integer quota(long slots, List<Quota> quotas, Windows windows, long fitsAt) {
        if (fitsAt == LedgerState.NEVER) {
            return null;
        }
        for (int index = 0; index < quotas.size(); index++) {
            if (windows.fitsAt(slots, quotas.get(index), index, 0) == fitsAt) {
                return index;
            }
        }
        return null;
    }
}
