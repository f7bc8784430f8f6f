package io.limitledger.core.reply;

import io.limitledger.core.state.Limit;

/**
 * A limit is defined as asked.
 *
 * @param created whether it is new
 */
public record Stored(Limit limit, boolean created) implements Reply {
    @Override
    public Reply laterBy(long millis) {
        return millis == 0 ? this : new Stored(limit.laterBy(millis), created);
    }
}
