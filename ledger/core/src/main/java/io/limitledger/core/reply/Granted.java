package io.limitledger.core.reply;

import io.limitledger.core.state.Lease;

/** The slots are the asker's, from the lease's start to its end. */
public record Granted(Lease lease) implements Reply {
    @Override
    public Reply laterBy(long millis) {
        return millis == 0 ? this : new Granted(lease.laterBy(millis));
    }
}
