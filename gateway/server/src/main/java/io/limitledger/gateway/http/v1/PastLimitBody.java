package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limitledger.audit.Replay.LimitThen;
import io.limitledger.core.state.KeyUse;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.view.KeyInView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it was, in JSON: the fields of a limit as it is now, with its holders, waiters and keys.
 *
 * @param heldBy the first of its leases, in order of expiry
 * @param inLine the first of its waiters, in order of arrival
 * @param byKey the first of its keys, by name; null if it had none
 */
record PastLimitBody(
        Instant at,
        @JsonUnwrapped LimitBody limit,
        List<LeaseBody> heldBy,
        List<WaiterBody> inLine,
        @Nullable List<KeyBody> byKey) {
    /** As many as the largest page has. The limit has the numbers of all. */
    private static final int MOST = 1_000;

    static PastLimitBody of(LimitThen then, long at, Caller caller) {
        return new PastLimitBody(
                Instant.ofEpochMilli(at),
                LimitBody.of(
                        then.limit().limit(),
                        then.waiters().stream().findFirst().orElse(null),
                        at),
                then.leases().stream()
                        .limit(MOST)
                        .map(lease -> LeaseBody.of(lease).visibleTo(caller))
                        .toList(),
                IntStream.range(0, Math.min(MOST, then.waiters().size()))
                        .mapToObj(i -> WaiterBody.of(then.waiters().get(i), i + 1L, List.of(), null, null))
                        .toList(),
                keys(then, at));
    }

    private static @Nullable List<KeyBody> keys(LimitThen then, long at) {
        Map<String, KeyInView> keys = new TreeMap<>();
        then.keys().forEach(use -> keys.put(use.key(), new KeyInView(use.key(), use, 0)));
        keys.remove(KeyUse.WITHOUT_KEY);
        then.waiters().stream()
                .map(waiter -> waiter.claim().key())
                .filter(Objects::nonNull)
                .forEach(key -> keys.compute(key, (name, known) -> waiting(name, known)));
        return keys.isEmpty()
                ? null
                : keys.values().stream()
                        .limit(MOST)
                        .map(key -> KeyBody.of(key, then.limit().limit(), at))
                        .toList();
    }

    private static KeyInView waiting(String key, @Nullable KeyInView known) {
        return known == null ? new KeyInView(key, null, 1) : new KeyInView(key, known.use(), known.waiting() + 1);
    }
}
