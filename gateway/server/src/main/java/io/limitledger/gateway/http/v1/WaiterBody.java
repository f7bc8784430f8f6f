package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Terms;
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.Words;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiter in JSON.
 *
 * @param place counted from 1, the next to be served
 * @param slots the most that it takes, where fewer will do
 * @param key null if it names none
 * @param priority a head start in seconds; null for none
 * @param since when it began to wait
 * @param until when it gives up
 * @param startsAt when it starts at the latest, where that is known
 * @param estimatedStartAt when it may start if all goes on as of late; null where that is not known, and on a limit that has
 *     one bound only
 * @param waitsFor {@code limit}, {@code quota} or {@code key}: the bound under which slots are missing; null on a limit that
 *     has one bound only
 * @param scope whose quota it waits for, {@code limit} or {@code key}
 * @param quota index of the quota that it waits for, from 0
 * @param owner name of the principal that asks; null if none was named
 * @param holding other limits of which the same request holds slots meanwhile
 */
record WaiterBody(
        long place,
        UUID leaseId,
        long slots,
        @Nullable String key,
        @Nullable Long priority,
        Instant since,
        Instant until,
        @Nullable Instant startsAt,
        @Nullable Instant estimatedStartAt,
        @Nullable String waitsFor,
        @Nullable String scope,
        @Nullable Integer quota,
        @Nullable List<String> holding,
        @Nullable Holder holder,
        @Nullable String owner) {

    static WaiterBody of(
            Waiter waiter,
            long place,
            List<String> holding,
            @Nullable Obstacle obstacle,
            @Nullable Long estimatedStartAt) {
        Terms terms = waiter.claim().terms();
        Integer quota = obstacle == null ? null : obstacle.quota();
        return new WaiterBody(
                place,
                waiter.leaseId(),
                waiter.slots(),
                waiter.claim().key(),
                terms == null || terms.priority() == 0 ? null : terms.priority(),
                Instant.ofEpochMilli(waiter.since()),
                Instant.ofEpochMilli(waiter.until()),
                waiter.startsAt() == null ? null : Instant.ofEpochMilli(waiter.startsAt()),
                estimatedStartAt == null ? null : Instant.ofEpochMilli(estimatedStartAt),
                obstacle == null ? null : quota == null ? Words.of(obstacle.scope()) : "quota",
                obstacle == null || quota == null ? null : Words.of(obstacle.scope()),
                quota,
                holding.isEmpty() ? null : holding,
                waiter.holder(),
                waiter.claim().owner());
    }
}
