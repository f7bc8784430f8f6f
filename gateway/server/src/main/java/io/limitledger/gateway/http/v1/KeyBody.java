package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Windows;
import io.limitledger.gateway.view.KeyInView;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a limit in JSON: what bounds it, and what it uses of that.
 *
 * @param limit null if what it occupies is not bounded
 * @param weight of a fair queue; null if it is 1
 * @param occupied exact, what has decayed by now taken off
 * @param available the most slots that the key's own bounds allow now; null if none bounds it
 * @param override what was said about this key alone
 */
record KeyBody(
        String key,
        @Nullable Long limit,
        @Nullable BigDecimal slotDecayPerSecond,
        @Nullable List<QuotaBody> quotas,
        @Nullable Long maxWaiting,
        @Nullable BigDecimal weight,
        BigDecimal occupied,
        @Nullable Long available,
        long leases,
        long waiting,
        @Nullable KeyBoundsBody override) {

    /** @param now epoch milliseconds */
    static KeyBody of(KeyInView key, Limit limit, long now) {
        KeyUse use = key.use();
        KeyOverride override = use == null ? null : use.override();
        KeyBounds bounds = key.bounds(limit);
        KeyUse used = key.use(limit, now);
        Bucket bucket = used.bucketAt(now, bounds);
        return new KeyBody(
                key.key(),
                bounds.hasLimit() ? bounds.limit() : null,
                bounds.decays() ? KeyBoundsBody.plain(bounds.slotDecayPerSecond()) : null,
                QuotaBody.of(bounds.quotas(), used.windows(), now),
                bounds.maxWaiting(),
                bounds.weight() == 1 ? null : KeyBoundsBody.plain(bounds.weight()),
                Slots.of(bucket),
                available(bounds, limit.definition(), bucket, used.windows(), now),
                used.leases(),
                key.waiting(),
                KeyBoundsBody.of(override));
    }

    private static @Nullable Long available(
            KeyBounds bounds, Definition definition, Bucket bucket, Windows windows, long now) {
        return definition.active()
                ? Slots.available(bounds.limit(), bucket, bounds.quotas(), windows, now)
                : bounds.hasLimit() ? bounds.limit() : null;
    }
}
