package io.limitledger.core.law;

import java.util.List;

/**
 * Which kinds of commands a random log is made of.
 *
 * @param limits names of the limits
 * @param decays slots per second that a limit may have
 * @param leases whether slots are asked for on leases
 * @param leaseless whether slots are asked for without a lease, returned by number, and set
 * @param waits whether some are willing to wait
 * @param takeUps whether some say how soon they confirm what they are granted
 * @param unnamed whether a lease id alone may say which limit is meant
 * @param renames whether limits are given other names
 * @param jumps whether the clock may jump backwards
 */
public record Mix(
        List<String> limits,
        List<Double> decays,
        boolean leases,
        boolean leaseless,
        boolean waits,
        boolean takeUps,
        boolean unnamed,
        boolean renames,
        boolean jumps) {
    /** Among its decays are some that drain no whole millionth of a slot in a millisecond. */
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

    Mix named() {
        return new Mix(limits, decays, leases, leaseless, waits, takeUps, false, renames, jumps);
    }

    public Mix on(List<String> limits) {
        return new Mix(limits, decays, leases, leaseless, waits, takeUps, unnamed, renames, jumps);
    }

    Mix withoutWaits() {
        return new Mix(limits, decays, leases, leaseless, false, false, unnamed, renames, jumps);
    }

    Mix withoutJumps() {
        return new Mix(limits, decays, leases, leaseless, waits, takeUps, unnamed, renames, false);
    }

    public Mix withoutRenames() {
        return new Mix(limits, decays, leases, leaseless, waits, takeUps, unnamed, false, jumps);
    }
}
