package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The last removals of limits in a partition: all that is left of them.
 *
 * @param offset of the command that removed the last one
 * @param retired the last few, the latest at the end
 * @param fence the highest of limits that had come from another partition; one that gets such a name goes on from there
 */
public record Removals(long offset, List<Retired> retired, long fence) {
    /** Parts of a move come late by seconds at most; in that time no one deletes more limits than this by hand. */
    private static final int REMEMBERED = 64;

    public static final Removals NONE = new Removals(-1, List.of(), 0);

    public Removals {
        retired = retired == null ? List.of() : List.copyOf(retired);
    }

    public Removals with(Limit limit, long offset) {
        List<Retired> longer = new ArrayList<>(retired);
        longer.add(new Retired(limit.id(), limit.moves()));
        return new Removals(
                offset,
                longer.subList(Math.max(0, longer.size() - REMEMBERED), longer.size()),
                Fence.isAheadOf(offset, limit.progress().fence())
                        ? Math.max(fence, limit.progress().fence())
                        : fence);
    }
}
