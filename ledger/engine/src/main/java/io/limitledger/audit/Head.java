package io.limitledger.audit;

/**
 * The last event of a limit, by its hash. Kept elsewhere it proves later that what came before it is as it was.
 *
 * @param offset of the event in its partition of the events topic
 * @param number of the event among the limit's
 * @param hash as {@link io.limitledger.wire.EventChain} makes it
 */
public record Head(String limit, int partition, long offset, long number, String hash) {}
