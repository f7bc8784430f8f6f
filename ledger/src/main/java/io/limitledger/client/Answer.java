package io.limitledger.client;

import io.limitledger.core.reply.Reply;

/**
 * A reply, and the command that it came from.
 *
 * @param partition of the commands topic
 * @param offset of the command whose decision this tells; for a waiter, the one that ended its wait
 * @param changed whether the decision left events, and so changed the state
 */
public record Answer(Reply reply, int partition, long offset, boolean changed) {}
