package io.limitledger.core.event;

import io.limitledger.core.state.Holder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease ends at another time than before.
 *
 * @param expiresAt epoch milliseconds
 * @param holder as it is now known
 */
public record LeaseRenewed(
        UUID leaseId, long expiresAt, @Nullable Holder holder) implements Fact {}
