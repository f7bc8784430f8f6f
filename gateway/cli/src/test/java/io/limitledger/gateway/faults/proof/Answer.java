package io.limitledger.gateway.faults.proof;

import org.jspecify.annotations.Nullable;

/**
 * The answer that a client got.
 *
 * @param startsAt epoch milliseconds; null unless the answer has it
 * @param expiresAt epoch milliseconds; null unless the answer has it
 * @param words as it came, for readers of a finding
 */
public record Answer(
        Result result, @Nullable Long startsAt, @Nullable Long expiresAt, String words) {
    public enum Result {
        GRANTED,
        DENIED,
        RENEWED,
        RELEASED,
        /** The lease has ended, or its acquire was cancelled. */
        GONE,
        /** The client looked, and believes that it holds. */
        HELD,
        /** No answer in time, or one that says that nothing is known. */
        UNKNOWN,
        /** Nothing that may be answered to a question that is in order. */
        WRONG
    }

    public static Answer of(Result result, String words) {
        return new Answer(result, null, null, words);
    }
}
