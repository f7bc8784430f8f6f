package io.limitledger.core.reply;

import io.limitledger.core.state.Limit;

/**
 * A limit is defined as asked.
 *
 * @param limit without the hash of its last event: a reply comes before its events are written
 * @param created whether it is new
 */
public record Stored(Limit limit, boolean created) implements Reply {
    public Stored {
        limit = limit.sealed(null);
    }

    @Override
    public Reply laterBy(long millis) {
        return millis == 0 ? this : new Stored(limit.laterBy(millis), created);
    }
}
