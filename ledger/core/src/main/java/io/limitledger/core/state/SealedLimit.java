package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * A limit's record as it is stored, and as it moves to another name: with the seal that the writer of its events puts on it.
 * No rule and no applier reads the seal; a limit that moves takes along the one that it had.
 *
 * @param head hash of the limit's last event as it was written, to which the next one is chained; null before the first is
 *     written
 */
public record SealedLimit(Limit limit, @Nullable String head) {
    /** With the same seal. */
    public SealedLimit with(Limit limit) {
        return new SealedLimit(limit, head);
    }
}
