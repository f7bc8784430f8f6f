package io.limitledger.core.state;

/**
 * Who holds or waits, in the client's own words: a JSON object or a string, kept as it came and never read here.
 *
 * @param json compact JSON text, at most {@link io.limitledger.core.state.Bounds#HOLDER_CHARACTERS} characters
 */
public record Holder(String json) {}
