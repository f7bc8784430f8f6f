package io.limitledger.core.event;

/**
 * A fact with its place in the ledger. A limit's events, from its {@link LimitCreated} to its {@link LimitDeleted}, are
 * numbered from 1 without gaps.
 *
 * @param limit name of the limit
 * @param number of this event among the limit's
 * @param at epoch milliseconds of the decision: the append time of its command, made monotonic per limit
 * @param rules version of the rules that decided
 * @param offset of the command that it was decided for, in the commands partition of the limit
 * @param fact what happened
 */
public record LimitEvent(String limit, long number, long at, int rules, long offset, Fact fact) {}
