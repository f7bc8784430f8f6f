package io.limitledger.core.reply;

/**
 * Slots that no lease owned were returned.
 *
 * @param freedMicros micro-slots that came free by it
 */
public record Returned(String limit, long freedMicros) implements Reply {}
