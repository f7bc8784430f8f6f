package io.limitledger.core.state;

import org.jspecify.annotations.Nullable;

/**
 * What is occupied of a limit, and wanted.
 *
 * @param windows what counts against the limit's own quotas
 * @param virtualTime how far the turns of a fair queue have come: the greatest virtual time at which a key was served
 * @param demand how long slots are held and how many are wanted
 * @param reservations what those in the queue have been promised; null where nothing can be, and where the queue is empty
 * @param leases number of live leases
 * @param waiting number of waiters in the queue
 * @param ended number of ended leases that are remembered
 */
public record Usage(
        Bucket bucket,
        Windows windows,
        long virtualTime,
        Demand demand,
        @Nullable Reservations reservations,
        long leases,
        long waiting,
        long ended) {

    static Usage none(long at) {
        return new Usage(Bucket.empty(at), Windows.EMPTY, 0, Demand.unknown(at), null, 0, 0, 0);
    }

    Usage with(Bucket bucket) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage with(Windows windows) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage with(Demand demand) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage with(@Nullable Reservations reservations) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage withVirtualTime(long virtualTime) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage withLeases(long leases) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage withWaiting(long waiting) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage withEnded(long ended) {
        return new Usage(bucket, windows, virtualTime, demand, reservations, leases, waiting, ended);
    }

    Usage laterBy(long millis, Definition definition) {
        return new Usage(
                bucket.laterBy(millis),
                windows.laterBy(millis, definition.quotas()),
                virtualTime,
                demand.laterBy(millis),
                reservations == null ? null : reservations.laterBy(millis, definition),
                leases,
                waiting,
                ended);
    }
}
