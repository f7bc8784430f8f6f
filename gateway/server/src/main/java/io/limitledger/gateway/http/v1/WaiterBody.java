package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Waiter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiter in JSON.
 *
 * @param place counted from 1, the next to be served
 * @param since when it began to wait
 * @param until when it gives up
 * @param startsAt when it starts at the latest, where that is known
 * @param holding other limits of which the same request holds slots meanwhile
 */
record WaiterBody(
        long place,
        UUID leaseId,
        long slots,
        Instant since,
        Instant until,
        @Nullable Instant startsAt,
        @Nullable List<String> holding,
        @Nullable Holder holder) {
    static WaiterBody of(Waiter waiter, long place, List<String> holding) {
        return new WaiterBody(
                place,
                waiter.leaseId(),
                waiter.slots(),
                Instant.ofEpochMilli(waiter.since()),
                Instant.ofEpochMilli(waiter.until()),
                waiter.startsAt() == null ? null : Instant.ofEpochMilli(waiter.startsAt()),
                holding.isEmpty() ? null : holding,
                waiter.holder());
    }
}
