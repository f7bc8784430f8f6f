package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Windows;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of slots, as the API shows them. */
final class Slots {
    private static final int MICRO_DECIMALS = 6;

    private Slots() {}

    /** What is occupied, exact to a millionth. */
    static BigDecimal of(Bucket bucket) {
        return BigDecimal.valueOf(bucket.levelMicros(), MICRO_DECIMALS).stripTrailingZeros();
    }

    /**
     * The most whole slots that fit under all bounds at a time; null if nothing bounds them.
     *
     * @param limit of what is occupied; {@link Definition#UNBOUNDED} for none
     */
    static @Nullable Long available(long limit, Bucket bucket, List<Quota> quotas, Windows windows, long now) {
        if (limit == Definition.UNBOUNDED && quotas.isEmpty()) {
            return null;
        }
        long free = limit == Definition.UNBOUNDED
                ? Long.MAX_VALUE
                : Math.floorDiv(limit * Bucket.MICROS - bucket.levelMicros(), Bucket.MICROS);
        long left = quotas.isEmpty() ? free : windows.left(quotas, new Windows.Now(now, 0));
        return Math.max(0, Math.min(free, left));
    }
}
