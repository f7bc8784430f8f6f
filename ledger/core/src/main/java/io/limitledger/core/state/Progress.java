package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * How far the ledger of a limit has come.
 *
 * @param nextPlace the position that the next waiter gets; always grows
 * @param prolongedMillis by how much the limit's leases end later than their records say, since the ledger was away
 * @param fence of the last grant under the limit's name; 0 before the first
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds of the last change of the definition
 * @param decidedAt epoch milliseconds of the last decision that left an event; time never runs backwards from it
 * @param number of the last event; the first has number 1
 * @param moves how often the limit has been moved to another name
 * @param move the move that it is in the middle of, if any
 * @param offset of the command that this state was decided by last, in the partition of the commands topic
 */
public record Progress(
        long nextPlace,
        long prolongedMillis,
        long fence,
        long createdAt,
        long updatedAt,
        long decidedAt,
        long number,
        int moves,
        @Nullable Move move,
        long offset) {

    static Progress begun(long at) {
        return new Progress(1, 0, 0, at, at, at, 0, 0, null, 0);
    }

    Progress decided(long at, long number, long offset) {
        return new Progress(nextPlace, prolongedMillis, fence, createdAt, updatedAt, at, number, moves, move, offset);
    }

    Progress withNextPlace(long nextPlace) {
        return new Progress(
                nextPlace, prolongedMillis, fence, createdAt, updatedAt, decidedAt, number, moves, move, offset);
    }

    Progress withProlongedMillis(long prolongedMillis) {
        return new Progress(
                nextPlace, prolongedMillis, fence, createdAt, updatedAt, decidedAt, number, moves, move, offset);
    }

    Progress withFence(long fence) {
        return new Progress(
                nextPlace, prolongedMillis, fence, createdAt, updatedAt, decidedAt, number, moves, move, offset);
    }

    Progress updated(long at) {
        return new Progress(nextPlace, prolongedMillis, fence, createdAt, at, decidedAt, number, moves, move, offset);
    }

    Progress moving(@Nullable Move move) {
        return new Progress(
                nextPlace, prolongedMillis, fence, createdAt, updatedAt, decidedAt, number, moves, move, offset);
    }

    /** As it begins under another name. */
    Progress arriving(@Nullable Move move) {
        return new Progress(nextPlace, 0, fence, createdAt, updatedAt, decidedAt, 0, moves + 1, move, 0);
    }

    Progress laterBy(long millis) {
        return new Progress(
                nextPlace,
                prolongedMillis,
                fence,
                createdAt + millis,
                updatedAt + millis,
                decidedAt + millis,
                number,
                moves,
                move,
                offset);
    }
}
