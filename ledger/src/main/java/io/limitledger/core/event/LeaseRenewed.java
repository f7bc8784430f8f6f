package io.limitledger.core.event;

import java.util.UUID;

/**
 * A lease ends at another time than before.
 *
 * @param expiresAt epoch milliseconds
 */
public record LeaseRenewed(UUID leaseId, long expiresAt) implements Fact {}
