package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each key of a limit may take, or what one of them may take other than all, in JSON.
 *
 * @param limit null if what a key occupies is not bounded
 * @param quotas of an override, empty where it takes away those of all keys
 * @param weight of an override only
 */
record KeyBoundsBody(
        @Nullable Long limit,
        @Nullable BigDecimal slotDecayPerSecond,
        @Nullable List<QuotaBody> quotas,
        @Nullable Long maxWaiting,
        @Nullable BigDecimal weight) {

    static @Nullable KeyBoundsBody of(@Nullable KeyBounds bounds) {
        return bounds == null
                ? null
                : new KeyBoundsBody(
                        bounds.hasLimit() ? bounds.limit() : null,
                        bounds.decays() ? plain(bounds.slotDecayPerSecond()) : null,
                        QuotaBody.of(bounds.quotas()),
                        bounds.maxWaiting(),
                        null);
    }

    static @Nullable KeyBoundsBody of(@Nullable KeyOverride override) {
        return override == null
                ? null
                : new KeyBoundsBody(
                        override.limit(),
                        plain(override.slotDecayPerSecond()),
                        override.quotas() == null
                                ? null
                                : Objects.requireNonNullElse(QuotaBody.of(override.quotas()), List.of()),
                        override.maxWaiting(),
                        plain(override.weight()));
    }

    /** Without zeros that say nothing. */
    static @Nullable BigDecimal plain(@Nullable Double number) {
        return number == null ? null : BigDecimal.valueOf(number).stripTrailingZeros();
    }
}
