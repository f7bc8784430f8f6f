package io.limitledger.core.reply;

import io.limitledger.core.state.Lease;

/** The lease is charged with what was really used. */
public record Charged(Lease lease) implements Reply {
    @Override
    public Reply laterBy(long millis) {
        return millis == 0 ? this : new Charged(lease.laterBy(millis));
    }
}
