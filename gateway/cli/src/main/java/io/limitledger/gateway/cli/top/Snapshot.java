package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read at a time.
 *
 * @param limits all that are watched
 * @param opened the one that is looked at; null if none is, or it is gone
 * @param leases the first of its leases
 * @param waiters the first of its waiters
 * @param failure why nothing newer could be read; null if it could
 */
record Snapshot(
        Instant at,
        List<JsonObject> limits,
        Map<String, EventRates.Rate> rates,
        @Nullable JsonObject opened,
        List<JsonObject> leases,
        List<JsonObject> waiters,
        @Nullable String failure) {

    static final Snapshot NONE = new Snapshot(Instant.EPOCH, List.of(), Map.of(), null, List.of(), List.of(), null);

    Snapshot failed(String reason) {
        return new Snapshot(at, limits, rates, opened, leases, waiters, reason);
    }

    EventRates.Rate rate(String limit) {
        return rates.getOrDefault(limit, EventRates.Rate.NONE);
    }
}
