package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit: its definition, what is occupied, and how far its ledger has come. Small whatever the number of
 * leases, which are records of their own.
 *
 * @param name the key of everything that belongs to the limit
 * @param id stays the same for as long as the limit exists; a limit deleted and made again has another
 * @param demand how long slots are held and how many are wanted
 * @param reservations what those in the queue have been promised; null where nothing can be, and where the queue is empty
 * @param leases number of live leases
 * @param waiting number of waiters in the queue
 * @param ended number of ended leases that are remembered
 * @param nextPlace the position that the next waiter gets; always grows
 * @param prolongedMillis by how much its leases end later than their records say, since the ledger was away
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
        @Nullable Reservations reservations,
        long leases,
        long waiting,
        long ended,
        long nextPlace,
        long prolongedMillis,
        long createdAt,
        long updatedAt,
        long decidedAt,
        long number,
        int moves,
        @Nullable Move move,
        long offset) {

    public static Limit created(String name, UUID id, Definition definition, long at) {
        Bucket empty = Bucket.empty(at);
        Demand demand = Demand.unknown(at);
        return new Limit(name, id, definition, empty, demand, null, 0, 0, 0, 1, 0, at, at, at, 0, 0, null, 0);
    }

    public Limit decided(long at, long number, long offset) {
        Copy copy = new Copy(this);
        copy.decidedAt = at;
        copy.number = number;
        copy.offset = offset;
        return copy.limit();
    }

    public Limit redefined(Definition definition, long at) {
        Copy copy = new Copy(this);
        copy.definition = definition;
        copy.updatedAt = at;
        return copy.limit();
    }

    public Limit withBucket(Bucket bucket) {
        Copy copy = new Copy(this);
        copy.bucket = bucket;
        return copy.limit();
    }

    public Limit withDemand(Demand demand) {
        Copy copy = new Copy(this);
        copy.demand = demand;
        return copy.limit();
    }

    public Limit withReservations(@Nullable Reservations reservations) {
        Copy copy = new Copy(this);
        copy.reservations = reservations;
        return copy.limit();
    }

    public Limit withLeases(long leases) {
        Copy copy = new Copy(this);
        copy.leases = leases;
        return copy.limit();
    }

    public Limit withWaiting(long waiting, long nextPlace) {
        Copy copy = new Copy(this);
        copy.waiting = waiting;
        copy.nextPlace = nextPlace;
        return copy.limit();
    }

    public Limit withEnded(long ended) {
        Copy copy = new Copy(this);
        copy.ended = ended;
        return copy.limit();
    }

    public Limit withProlongedMillis(long prolongedMillis) {
        Copy copy = new Copy(this);
        copy.prolongedMillis = prolongedMillis;
        return copy.limit();
    }

    public Limit moving(@Nullable Move move) {
        Copy copy = new Copy(this);
        copy.move = move;
        return copy.limit();
    }

    /** As it arrives under another name, without its leases and waiters, which are counted as they come. */
    public Limit arriving(String newName, @Nullable Move move) {
        Copy copy = new Copy(this);
        copy.name = newName;
        copy.leases = 0;
        copy.waiting = 0;
        copy.ended = 0;
        copy.prolongedMillis = 0;
        copy.number = 0;
        copy.moves = moves + 1;
        copy.move = move;
        copy.offset = 0;
        return copy.limit();
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public Limit laterBy(long millis) {
        if (millis == 0) {
            return this;
        }
        Copy copy = new Copy(this);
        copy.bucket = bucket.laterBy(millis);
        copy.demand = demand.laterBy(millis);
        copy.reservations = reservations == null ? null : reservations.laterBy(millis);
        copy.createdAt = createdAt + millis;
        copy.updatedAt = updatedAt + millis;
        copy.decidedAt = decidedAt + millis;
        return copy.limit();
    }

    /** What is occupied at a time, decay included. */
    public Bucket bucketAt(long now) {
        return bucket.settledAt(now, definition.decayNanosPerSecond());
    }

    /** A copy in the making. */
    private static final class Copy {
        private String name;
        private final UUID id;
        private Definition definition;
        private Bucket bucket;
        private Demand demand;
        private @Nullable Reservations reservations;
        private long leases;
        private long waiting;
        private long ended;
        private long nextPlace;
        private long prolongedMillis;
        private long createdAt;
        private long updatedAt;
        private long decidedAt;
        private long number;
        private int moves;
        private @Nullable Move move;
        private long offset;

        private Copy(Limit limit) {
            name = limit.name;
            id = limit.id;
            definition = limit.definition;
            bucket = limit.bucket;
            demand = limit.demand;
            reservations = limit.reservations;
            leases = limit.leases;
            waiting = limit.waiting;
            ended = limit.ended;
            nextPlace = limit.nextPlace;
            prolongedMillis = limit.prolongedMillis;
            createdAt = limit.createdAt;
            updatedAt = limit.updatedAt;
            decidedAt = limit.decidedAt;
            number = limit.number;
            moves = limit.moves;
            move = limit.move;
            offset = limit.offset;
        }

        private Limit limit() {
            return new Limit(
                    name,
                    id,
                    definition,
                    bucket,
                    demand,
                    reservations,
                    leases,
                    waiting,
                    ended,
                    nextPlace,
                    prolongedMillis,
                    createdAt,
                    updatedAt,
                    decidedAt,
                    number,
                    moves,
                    move,
                    offset);
        }
    }
}
