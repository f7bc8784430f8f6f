package io.limitledger.core.event;

/**
 * The ledger was away, and no holder could renew, so the leases that are held end later. The first event of a limit after
 * an absence, before anything else is decided about it.
 *
 * @param byMillis how long it was away since the limit's event before
 */
public record LeasesProlonged(long byMillis) implements Fact {}
