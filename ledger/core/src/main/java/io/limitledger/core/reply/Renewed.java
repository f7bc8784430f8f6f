package io.limitledger.core.reply;

import io.limitledger.core.state.Lease;

/** The lease, with its new end. */
public record Renewed(Lease lease) implements Reply {
    @Override
    public Reply laterBy(long millis) {
        return millis == 0 ? this : new Renewed(lease.laterBy(millis));
    }
}
