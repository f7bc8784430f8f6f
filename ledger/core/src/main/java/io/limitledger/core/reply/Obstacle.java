package io.limitledger.core.reply;

import org.jspecify.annotations.Nullable;

/**
 * The bound under which slots are missing.
 *
 * @param scope whose bound it is
 * @param quota index of the quota, from 0; null if it is the slots that are occupied, or the queue
 */
public record Obstacle(Scope scope, @Nullable Integer quota) {
    /** Whose bound it is. */
    public enum Scope {
        LIMIT,
        KEY
    }
}
