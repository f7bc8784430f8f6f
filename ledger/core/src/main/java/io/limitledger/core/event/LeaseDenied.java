package io.limitledger.core.event;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.Holder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An acquire was in order, but the slots are not free.
 *
 * @param obstacle what was missing; null on a limit that has one bound only
 */
public record LeaseDenied(
        UUID leaseId,
        long slots,
        Denied.Reason reason,
        long retryAfterMillis,
        @Nullable Holder holder,
        @Nullable Obstacle obstacle)
        implements Fact {
    public LeaseDenied(UUID leaseId, long slots, Denied.Reason reason, long retryAfterMillis, @Nullable Holder holder) {
        this(leaseId, slots, reason, retryAfterMillis, holder, null);
    }
}
