package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Windows;
import io.limitledger.gateway.view.KeyInView;
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
                || first.stream().map(this::room).anyMatch(room -> room == null || room.fitsAt <= now);
    }

    /**
     * What a waiter finds under the bounds of its key.
     *
     * @param fitsAt from when on it fits, as of {@link Limit#fitsAt}
     */
    private record KeyRoom(KeyBounds bounds, Windows windows, long fitsAt) {}

    /** Null if it has no bounds but those of the limit. */
    private @Nullable KeyRoom room(Waiter waiter) {
        Definition definition = limit.definition();
        String key = waiter.claim().key();
        if (key == null || definition.perKey() == null || !definition.active()) {
            return null;
        }
        KeyInView known = view.key(limit.name(), key);
        KeyBounds bounds = known.bounds(limit);
        KeyUse used = known.use(limit, now);
        return new KeyRoom(bounds, used.windows(), used.fitsAt(waiter.claim().needed(), bounds, 0));
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
        long needed = waiter.claim().needed();
        long limitAt = limit.fitsAt(needed, 0);
        KeyRoom room = room(waiter);
        if (room != null && room.fitsAt > now && (limitAt <= now || room.fitsAt > limitAt)) {
            Integer quota = quota(needed, room.bounds.quotas(), room.windows, room.fitsAt);
            return new Obstacle(Obstacle.Scope.KEY, quota);
        }
        Integer quota = limitAt <= now
                ? null
                : quota(needed, limit.definition().quotas(), limit.usage().windows(), limitAt);
        return new Obstacle(Obstacle.Scope.LIMIT, quota);
    }

    /**
     * When a waiter may start if all goes on as of late, in epoch milliseconds, as the ledger itself estimates it; null where
     * that is not known, and where its start is promised.
     *
     * @param place by arrival, from 1
     */
    @Nullable
    Long estimatedStartAt(Waiter waiter, long place) {
        KeyRoom room = room(waiter);
        Definition definition = limit.definition();
        long slots = definition.hasLimit() || room == null ? definition.limit() : room.bounds.limit();
        if (waiter.startsAt() != null || slots == 0 || slots == Definition.UNBOUNDED) {
            return null;
        }
        long needed = waiter.claim().needed();
        double turns = Math.ceil((double) place * needed / slots);
        long bySlots = now + Math.round(turns * limit.demand().averageOccupancySeconds() * 1_000);
        long ofLimit = limit.usage().windows().fitsAt(needed, definition.quotas(), 0);
        long ofKey = room == null ? LedgerState.AT_ONCE : room.windows.fitsAt(needed, room.bounds.quotas(), 0);
        long byQuotas = Math.max(ofLimit, ofKey);
        return Math.max(bySlots, byQuotas == LedgerState.NEVER ? 0 : byQuotas);
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
