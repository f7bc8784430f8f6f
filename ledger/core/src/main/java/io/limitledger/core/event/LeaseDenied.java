package io.limitledger.core.event;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Holder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An acquire was in order, but the slots are not free. */
public record LeaseDenied(
        UUID leaseId,
        long slots,
        Denied.Reason reason,
        long retryAfterMillis,
        @Nullable Holder holder) implements Fact {}
