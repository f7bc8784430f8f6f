package io.limitledger.core.reply;

/**
 * Slots that nobody held came back.
 *
 * @param freedMicros micro-slots that came free by it
 */
public record Returned(String limit, long freedMicros) implements Reply {}
