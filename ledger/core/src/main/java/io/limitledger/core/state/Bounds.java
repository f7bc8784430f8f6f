package io.limitledger.core.state;

/**
 * The upper bound of everything, each with its reason. Beyond a bound the answer is a refusal that names it; nothing is
 * cut off in silence and nothing grows without end. What a bound refuses is decided from the log: another value leads to other
 * decisions of the same commands, and so needs a new version of the rules.
 */
public final class Bounds {
    private Bounds() {}

    /** Length of a limit's name, in UTF-16 characters. Enough for a qualified name, short enough for a record key. */
    public static final int NAME_CHARACTERS = 255;

    /** Slots of one limit, and of one acquire: a 32-bit count, which every client language can hold. */
    public static final long SLOTS = Integer.MAX_VALUE;

    /**
     * Slots per second that may decay. Keeps a limit's drained micro-slots within a {@code long} for the 106 days that
     * a lease would have to be renewed on a saturated limit of this rate.
     */
    public static final double DECAY_PER_SECOND = 1_000_000;

    /** The slowest decay, slots per second: one slot in 31 years, and the resolution of the arithmetic. */
    public static final double SMALLEST_DECAY_PER_SECOND = 0.000_000_001;

    /** The shortest lease. Below it, a lease could expire before its holder has heard of it. */
    public static final long SHORTEST_LEASE_MILLIS = 1_000;

    /** The longest lease: 30 days. A slot whose holder is lost for good must come back some day. */
    public static final long LONGEST_LEASE_MILLIS = 30L * 24 * 60 * 60 * 1_000;

    /** The longest wait in a queue: an hour. A client that would wait longer can ask again. */
    public static final long LONGEST_WAIT_MILLIS = 60L * 60 * 1_000;

    /**
     * Leases alive on one limit. All of them may fall due in one decision, which must end well within the time-out of
     * the transaction that holds it.
     */
    public static final long LEASES_PER_LIMIT = 100_000;

    /** Waiters in one limit's queue; as for leases, all of them may have to be answered in one decision. */
    public static final long WAITERS_PER_LIMIT = 20_000;

    /** Quotas of one limit, and of one key: each is a window that every grant looks at. */
    public static final int QUOTAS = 4;

    /** The longest sliding period, in seconds: 31 days. A longer one is a quota of the calendar. */
    public static final long LONGEST_PERIOD_SECONDS = 31L * 24 * 60 * 60;

    /** Changes of a zone's offset that a quota carries: four a year for 25 years. */
    public static final int OFFSET_CHANGES = 100;

    /** Live keys of one limit. All of them may change in one decision, when the bounds of all are edited. */
    public static final long KEYS_PER_LIMIT = 100_000;

    /** Keys that are forgotten in one decision; the next tick goes on. */
    public static final int FORGOTTEN_KEYS = 1_000;

    /** Waiters among which the oldest of a key is searched for when it is to be replaced. */
    public static final long REPLACED_AMONG = 1_000;

    /** The greatest head start in a queue, in seconds: as long as the longest wait, beyond which none would matter. */
    public static final long PRIORITY_SECONDS = 3_600;

    public static final double SMALLEST_WEIGHT = 0.01;
    public static final double LARGEST_WEIGHT = 100;

    /** Characters of a holder's JSON text. It travels in each event of the lease; a label, not a payload. */
    public static final int HOLDER_CHARACTERS = 2_048;

    /** Characters of a principal's name. It travels in each event that its commands cause, and in each lease that it owns. */
    public static final int PRINCIPAL_CHARACTERS = 255;

    /** Other limits that may be acquired under the same lease id. */
    public static final int SIBLINGS = 99;

    /** How long an ended lease's id is remembered, so that a late repeat of its acquire takes nothing twice. */
    public static final long REMEMBER_ENDED_MILLIS = 5L * 60 * 1_000;

    /** Ended leases remembered per limit; beyond it the oldest is forgotten first. About 10 MB on a very busy limit. */
    public static final long ENDED_PER_LIMIT = 50_000;
}
