package io.limitledger.core.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit: its definition, what is occupied, and how far its ledger has come. Small whatever the number of leases and keys,
 * which are records of their own.
 *
 * @param name the key of everything that belongs to the limit
 * @param id stays the same for as long as the limit exists; a limit deleted and made again has another
 */
public record Limit(String name, UUID id, Definition definition, Usage usage, Progress progress) {

    public static Limit created(String name, UUID id, Definition definition, long at) {
        return new Limit(name, id, definition, Usage.none(at), Progress.begun(at));
    }

    public Limit decided(long at, long number, long offset) {
        return with(progress.decided(at, number, offset));
    }

    public Limit redefined(Definition definition, long at) {
        return new Limit(name, id, definition, usage, progress.updated(at));
    }

    public Limit withBucket(Bucket bucket) {
        return with(usage.with(bucket));
    }

    public Limit withWindows(Windows windows) {
        return with(usage.with(windows));
    }

    public Limit withVirtualTime(long virtualTime) {
        return with(usage.withVirtualTime(virtualTime));
    }

    public Limit withDemand(Demand demand) {
        return with(usage.with(demand));
    }

    public Limit withReservations(@Nullable Reservations reservations) {
        return with(usage.with(reservations));
    }

    public Limit withLeases(long leases) {
        return with(usage.withLeases(leases));
    }

    public Limit withWaiting(long waiting, long nextPlace) {
        return new Limit(name, id, definition, usage.withWaiting(waiting), progress.withNextPlace(nextPlace));
    }

    public Limit withEnded(long ended) {
        return with(usage.withEnded(ended));
    }

    public Limit withProlongedMillis(long prolongedMillis) {
        return with(progress.withProlongedMillis(prolongedMillis));
    }

    public Limit withFence(long fence) {
        return with(progress.withFence(fence));
    }

    public Limit moving(@Nullable Move move) {
        return with(progress.moving(move));
    }

    /** As it arrives under another name, without its leases, waiters and keys, which come as records of their own. */
    public Limit arriving(String newName, @Nullable Move move) {
        Usage arriving = usage.withLeases(0).withWaiting(0).withEnded(0);
        return new Limit(newName, id, definition, arriving, progress.arriving(move));
    }

    /** With all its times later by this much, or earlier where that is negative: by another clock. */
    public Limit laterBy(long millis) {
        return millis == 0
                ? this
                : new Limit(name, id, definition, usage.laterBy(millis, definition), progress.laterBy(millis));
    }

    private Limit with(Usage usage) {
        return new Limit(name, id, definition, usage, progress);
    }

    private Limit with(Progress progress) {
        return new Limit(name, id, definition, usage, progress);
    }

    /** What is occupied at a time, decay included. */
    public Bucket bucketAt(long now) {
        return bucket().settledAt(now, definition.decayNanosPerSecond());
    }

    /**
     * From when on this many slots fit under the limit's own bounds if nothing else happens, in epoch milliseconds; {@link
     * LedgerState#AT_ONCE} if they fit as the limit is recorded, {@link LedgerState#NEVER} if something has to come back first.
     */
    public long fitsAt(long slots, long aheadMillis) {
        if (!definition.active()) {
            return LedgerState.AT_ONCE;
        }
        long fitsAt = bucket().fitsAt(slots, definition.limit(), definition.decayNanosPerSecond());
        return Math.max(fitsAt, usage.windows().fitsAt(slots, definition.quotas(), aheadMillis));
    }

    /** What is occupied, as of the last decision that changed it. */
    public Bucket bucket() {
        return usage.bucket();
    }

    /** How long slots are held and how many are wanted. */
    public Demand demand() {
        return usage.demand();
    }

    /** What those in the queue have been promised; null where nothing can be, and where the queue is empty. */
    public @Nullable Reservations reservations() {
        return usage.reservations();
    }

    /** Number of live leases. */
    public long leases() {
        return usage.leases();
    }

    /** Number of waiters in the queue. */
    public long waiting() {
        return usage.waiting();
    }

    /** Number of ended leases that are remembered. */
    public long ended() {
        return usage.ended();
    }

    /** The position that the next waiter gets; always grows. */
    public long nextPlace() {
        return progress.nextPlace();
    }

    /** By how much its leases end later than their records say, since the ledger was away. */
    public long prolongedMillis() {
        return progress.prolongedMillis();
    }

    /** Epoch milliseconds. */
    public long createdAt() {
        return progress.createdAt();
    }

    /** Epoch milliseconds of the last change of the definition. */
    public long updatedAt() {
        return progress.updatedAt();
    }

    /** Epoch milliseconds of the last decision that left an event. */
    public long decidedAt() {
        return progress.decidedAt();
    }

    /** Number of the last event. */
    public long number() {
        return progress.number();
    }

    /** How often it has been moved to another name. */
    public int moves() {
        return progress.moves();
    }

    /** The move that it is in the middle of, if any. */
    public @Nullable Move move() {
        return progress.move();
    }

    /** Offset of the command that this state was decided by last. */
    public long offset() {
        return progress.offset();
    }
}
