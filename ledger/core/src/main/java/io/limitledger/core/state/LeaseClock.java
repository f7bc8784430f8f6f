package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The time of a partition, and when its leases ran out and when not.
 *
 * <p>The time is the broker's, as long as that only goes forward. When the broker's clock steps back, the partition's time
 * stays where it is and goes on from there, so that nothing lasts longer than it should; from then on it is ahead of the
 * broker's.
 *
 * <p>From three seconds after a heartbeat until the next one the time of leases stands still. So a ledger that was away, or a
 * broker's clock that jumps ahead, ends no lease whose holder could not renew it; and a lease whose holder is dead ends after
 * no more than what was left of it.
 *
 * @param heartbeatAt the partition's time at the last heartbeat, epoch milliseconds; {@link #NONE} where no lease was held
 *     then, and none is due
 * @param absences the times at which it stood still, in order, while the leases that are held now may have been held
 * @param aheadMillis by how much the partition's time is ahead of the broker's clock: all steps back added up
 * @param reachedAt how far the partition's time has come at least, epoch milliseconds, where nothing else is left to show it
 */
public record LeaseClock(long heartbeatAt, List<Absence> absences, long aheadMillis, long reachedAt) {
    public static final long NONE = -1;

    /** No heartbeat is due, and none was missed. */
    public static final LeaseClock RESTING = new LeaseClock(NONE, List.of(), 0, 0);

    /** A new value needs a new version of the rules. As long as it takes another ledger to notice that one has died, nearly; longer would be taken from the holders. */
    private static final long TOLERANCE_MILLIS = 3_000;

    /** Beyond it the two oldest become one, so that a ledger that comes and goes all day does not fill a record. */
    private static final int MOST_ABSENCES = 32;

    public LeaseClock {
        absences = absences == null ? List.of() : List.copyOf(absences);
    }

    /** Of a partition whose broker's clock has never stepped back. */
    public LeaseClock(long heartbeatAt, List<Absence> absences) {
        this(heartbeatAt, absences, 0, 0);
    }

    public boolean isResting() {
        return heartbeatAt == NONE;
    }

    /**
     * With one more heartbeat.
     *
     * @param holdsLeases whether any lease is held in the partition; while none is, no heartbeat can be missed
     */
    public LeaseClock heard(long at, boolean holdsLeases) {
        if (!holdsLeases) {
            return new LeaseClock(NONE, List.of(), aheadMillis, reachedAt);
        }
        List<Absence> known = before(at);
        if (!isResting() && at > heartbeatAt + TOLERANCE_MILLIS) {
            known.add(new Absence(heartbeatAt + TOLERANCE_MILLIS, at));
        }
        if (known.size() > MOST_ABSENCES) {
            Absence oldest = known.remove(0);
            known.set(0, known.get(0).with(oldest));
        }
        return new LeaseClock(at, known, aheadMillis, reachedAt);
    }

    /** Where the broker's clock has stepped back, so far in all. */
    public LeaseClock ahead(long millis) {
        return new LeaseClock(heartbeatAt, absences, millis, reachedAt);
    }

    /** When nothing else will show that the time has come so far. */
    public LeaseClock reached(long at) {
        return new LeaseClock(heartbeatAt, absences, aheadMillis, Math.max(reachedAt, at));
    }

    /** With an absence before all that it knows of. */
    public LeaseClock withEarlier(Absence absence) {
        List<Absence> known = new ArrayList<>(absences);
        known.add(0, absence);
        return new LeaseClock(heartbeatAt, known, aheadMillis, reachedAt);
    }

    /** If the broker's clock went backwards, drops absences after {@code at}. */
    private List<Absence> before(long at) {
        List<Absence> known = new ArrayList<>();
        for (Absence absence : absences) {
            if (absence.from() < at) {
                known.add(new Absence(absence.from(), Math.min(absence.to(), at)));
            }
        }
        return known;
    }

    /** For how many milliseconds it stood still between two times, both in epoch milliseconds. */
    public long stoodStillMillis(long after, long until) {
        long stood = isResting() ? 0 : Math.max(0, until - Math.max(after, heartbeatAt + TOLERANCE_MILLIS));
        for (int index = absences.size() - 1; index >= 0 && absences.get(index).to() > after; index--) {
            stood += absences.get(index).millisWithin(after, until);
        }
        return stood;
    }
}
