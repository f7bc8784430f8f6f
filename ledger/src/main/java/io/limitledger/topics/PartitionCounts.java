package io.limitledger.topics;

/**
 * How many partitions the topics really have.
 *
 * <p>The number is fixed when a topic is made, so what counts is what is found, not what this start was told.
 *
 * @param commands also the number for the events, which are verified to have as many
 */
public record PartitionCounts(int commands, int replies, int rejected) {}
