package io.limitledger.core.law;

import java.util.List;

/**
 * The kinds of commands in a random log.
 *
 * @param limits names of the limits
 * @param decays possible decays of a limit, in slots per second
 * @param leases whether acquires with leases occur
 * @param leaseless whether slots are acquired without a lease, returned by number, and set
 * @param waits whether some acquires wait
 * @param confirms whether some acquires say how soon they confirm a grant
 * @param unnamed whether some commands address their limit by a lease id alone
 * @param renames whether limits are renamed
 * @param jumps whether the clock may jump backwards
 * @param model whether quotas, keys, orders, head starts and settlements occur
 */
public record Mix(
        List<String> limits,
        List<Double> decays,
        boolean leases,
        boolean leaseless,
        boolean waits,
        boolean confirms,
        boolean unnamed,
        boolean renames,
        boolean jumps,
        boolean model) {
    public Mix(
            List<String> limits,
            List<Double> decays,
            boolean leases,
            boolean leaseless,
            boolean waits,
            boolean confirms,
            boolean unnamed,
            boolean renames,
            boolean jumps) {
        this(limits, decays, leases, leaseless, waits, confirms, unnamed, renames, jumps, false);
    }

    /** One limit without decay, of which {@link NaiveModel} knows everything. */
    public static final Mix ONE_MODEL_LIMIT =
            new Mix(List.of("a"), List.of(0.0), true, true, true, false, false, false, false, true);

    /** All kinds. Some of the decays are not a whole number of millionths of a slot per millisecond. */
    public static final Mix EVERYTHING = new Mix(
            List.of("a", "b", "c", "d"),
            List.of(0.0, 0.0, 0.1, 0.333333333, 1.0, 3.700000001),
            true,
            true,
            true,
            true,
            true,
            true,
            true);

    static final Mix CONCURRENCY_LIMITS =
            new Mix(EVERYTHING.limits, List.of(0.0), true, true, true, true, true, true, true);

    public static final Mix ONE_CONCURRENCY_LIMIT =
            new Mix(List.of("a"), List.of(0.0), true, true, true, true, false, false, true);

    public static final Mix ONE_RATE_LIMIT = new Mix(
            List.of("a"), List.of(0.1, 0.333333333, 1.0, 3.700000001), false, true, true, false, false, false, true);

    /** With what a limit can say besides the slots that are occupied. */
    public Mix modelled() {
        return new Mix(limits, decays, leases, leaseless, waits, confirms, unnamed, renames, jumps, true);
    }

    public Mix named() {
        return new Mix(limits, decays, leases, leaseless, waits, confirms, false, renames, jumps, model);
    }

    public Mix on(List<String> limits) {
        return new Mix(limits, decays, leases, leaseless, waits, confirms, unnamed, renames, jumps, model);
    }

    Mix withoutWaits() {
        return new Mix(limits, decays, leases, leaseless, false, false, unnamed, renames, jumps, model);
    }

    Mix withoutJumps() {
        return new Mix(limits, decays, leases, leaseless, waits, confirms, unnamed, renames, false, model);
    }

    public Mix withoutRenames() {
        return new Mix(limits, decays, leases, leaseless, waits, confirms, unnamed, false, jumps, model);
    }
}
