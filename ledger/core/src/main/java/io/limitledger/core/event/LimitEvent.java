package io.limitledger.core.event;

import org.jspecify.annotations.Nullable;

/**
 * A fact with its place in the ledger. A limit's events, from its {@link LimitCreated} to its {@link LimitDeleted}, are
 * numbered from 1 without gaps.
 *
 * @param limit name of the limit
 * @param number of this event among the limit's
 * @param at epoch milliseconds of the decision, by the partition's time: the append time of its command, and
 *     {@code aheadMillis} more
 * @param rules version of the rules that decided
 * @param offset of the command that it was decided for, in the commands partition of the limit
 * @param aheadMillis by how much the partition's time is ahead of the broker's clock, because that has stepped back; all
 *     times in the event are later than by that clock by this much
 * @param by name of the principal whose command caused it; null if the command named none, and for what fell due by itself
 * @param fact what happened
 */
public record LimitEvent(
        String limit,
        long number,
        long at,
        int rules,
        long offset,
        long aheadMillis,
        @Nullable String by,
        Fact fact) {
    /** One that names no principal. */
    public LimitEvent(String limit, long number, long at, int rules, long offset, long aheadMillis, Fact fact) {
        this(limit, number, at, rules, offset, aheadMillis, null, fact);
    }

    /** One of a partition whose broker's clock has never stepped back. */
    public LimitEvent(String limit, long number, long at, int rules, long offset, Fact fact) {
        this(limit, number, at, rules, offset, 0, fact);
    }
}
