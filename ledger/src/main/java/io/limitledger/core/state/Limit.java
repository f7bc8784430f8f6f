package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it stands: its definition, what is occupied, and how far its ledger has come. Small whatever the number of
 * leases, which are records of their own.
 *
 * @param name the key of everything that belongs to the limit
 * @param id stays the same for as long as the limit exists; a limit deleted and made again has another
 * @param demand how long slots are held and how many are wanted
 * @param leases number of live leases
 * @param waiting number of waiters in the queue
 * @param ended number of ended leases that are remembered
 * @param nextPlace the place that the next waiter gets; grows for ever
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds of the last change of the definition
 * @param decidedAt epoch milliseconds of the last decision that left an event; time never runs backwards from it
 * @param number of the last event; the first has number 1
 * @param moves how often it has been moved to another name
 * @param move the move that it is in the middle of, if any
 * @param offset of the command that this state was decided by last, in the partition of the commands topic
 */
public record Limit(
        String name,
        UUID id,
        Definition definition,
        Bucket bucket,
        Demand demand,
        long leases,
        long waiting,
        long ended,
        long nextPlace,
        long createdAt,
        long updatedAt,
        long decidedAt,
        long number,
        int moves,
        @Nullable Move move,
        long offset) {

    public static Limit created(String name, UUID id, Definition definition, long at) {
        return new Limit(
                name, id, definition, Bucket.empty(at), Demand.unknown(at), 0, 0, 0, 1, at, at, at, 0, 0, null, 0);
    }

    public Limit decided(long at, long number, long offset) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                at,
                number,
                moves,
                move,
                offset);
    }

    public Limit redefined(Definition definition, Bucket bucket, Demand demand, long at) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                at,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit withBucket(Bucket bucket) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit withDemand(Demand demand) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit withLeases(long leases) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit withWaiting(long waiting, long nextPlace) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit withEnded(long ended) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    public Limit moving(@Nullable Move move) {
        return new Limit(
                name,
                id,
                definition,
                bucket,
                demand,
                leases,
                waiting,
                ended,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                number,
                moves,
                move,
                offset);
    }

    /** As it arrives under another name, without its leases and waiters, which are counted as they come. */
    public Limit arriving(String newName, @Nullable Move move) {
        return new Limit(
                newName,
                id,
                definition,
                bucket,
                demand,
                0,
                0,
                0,
                nextPlace,
                createdAt,
                updatedAt,
                decidedAt,
                0,
                moves + 1,
                move,
                0);
    }

    /** What is occupied at a time, decay reckoned in. */
    public Bucket bucketAt(long now) {
        return bucket.settledAt(now, definition.decayNanosPerSecond());
    }
}
