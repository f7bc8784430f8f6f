package io.limitledger.gateway.faults.proof;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a client.
 *
 * @param startsAt epoch milliseconds; null if the answer does not contain it
 * @param expiresAt epoch milliseconds; null if the answer does not contain it
 * @param text the answer as received, for readers of a finding
 */
public record Answer(
        Result result, @Nullable Long startsAt, @Nullable Long expiresAt, String text) {
    public enum Result {
        GRANTED,
        DENIED,
        RENEWED,
        RELEASED,
        /** The lease has ended, or its acquire was cancelled. */
        GONE,
        /** The client checked, and believes that it holds. */
        HELD,
        /** No answer in time, or one that reports an unknown outcome. */
        UNKNOWN,
        /** An answer that a valid question must not get. */
        WRONG
    }

    public static Answer of(Result result, String text) {
        return new Answer(result, null, null, text);
    }
}
