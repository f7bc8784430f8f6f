package io.limitledger.gateway.view;

import io.limitledger.core.state.Claim;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Waiter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of all limits, in the orders in which they are listed. A function of the records alone, whatever the order in
 * which they come: the core's own index needs the definition of a limit for its keys, and the view may read a key before the
 * edit of its limit.
 */
final class KeysInView {
    private final Map<String, Keys> limits = new HashMap<>();

    private static final class Keys {
        final NavigableMap<String, KeyInView> byName = new TreeMap<>();
        final NavigableMap<KeyInView.Position, KeyInView> byUse = new TreeMap<>();
    }

    void clear() {
        limits.clear();
    }

    void put(KeyUse use) {
        // The group of those without a key is for the order of turns only.
        if (!use.key().equals(KeyUse.WITHOUT_KEY)) {
            put(use.limit(), key(use.limit(), use.key()).with(use));
        }
    }

    void remove(String limit, String key) {
        put(limit, key(limit, key).with(null));
    }

    void removeLimit(String limit) {
        limits.remove(limit);
    }

    /** What is recorded under a lease id has changed; null is for nothing. */
    void changed(@Nullable LeaseRecord before, @Nullable LeaseRecord after) {
        count(before, -1);
        count(after, 1);
    }

    private void count(@Nullable LeaseRecord record, long waiting) {
        if (record instanceof Waiter waiter) {
            Claim claim = waiter.claim();
            String key = claim.key();
            if (key != null) {
                put(claim.limit(), key(claim.limit(), key).waiting(waiting));
            }
        }
    }

    private void put(String limit, KeyInView key) {
        Keys keys = limits.computeIfAbsent(limit, name -> new Keys());
        KeyInView before = keys.byName.remove(key.key());
        if (before != null) {
            keys.byUse.remove(before.position(KeyInView.Order.USE));
        }
        if (!key.isUnknown()) {
            keys.byName.put(key.key(), key);
            keys.byUse.put(key.position(KeyInView.Order.USE), key);
        } else if (keys.byName.isEmpty()) {
            limits.remove(limit);
        }
    }

    KeyInView key(String limit, String key) {
        Keys keys = limits.get(limit);
        KeyInView known = keys == null ? null : keys.byName.get(key);
        return Objects.requireNonNullElseGet(known, () -> new KeyInView(key, null, 0));
    }

    long count(String limit) {
        Keys keys = limits.get(limit);
        return keys == null ? 0 : keys.byName.size();
    }

    List<KeyInView> list(String limit, KeyInView.Order order, KeyInView.@Nullable Position after, int size) {
        Keys keys = limits.get(limit);
        if (keys == null) {
            return List.of();
        }
        return switch (order) {
            case NAME -> first(after == null ? keys.byName : keys.byName.tailMap(after.key(), false), size);
            case USE -> first(after == null ? keys.byUse : keys.byUse.tailMap(after, false), size);
        };
    }

    private static List<KeyInView> first(Map<?, KeyInView> keys, int size) {
        return keys.values().stream().limit(size).toList();
    }
}
