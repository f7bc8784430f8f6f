package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * What counts against a quota: slots by the time at which they were taken. A lease keeps the same of what it took, so that
 * settling gives back exactly there. Bounded, whatever the rate: see {@link Period}.
 *
 * @param taken slots of all slices
 * @param slices in order of time, each of another stretch
 */
public record Window(long taken, List<Slice> slices) {
    public static final Window EMPTY = new Window(0, List.of());

    public Window {
        slices = slices == null ? List.of() : List.copyOf(slices);
    }

    /** One in which all slots were taken in the same stretch. */
    static Window of(long until, long slots) {
        return slots == 0 ? EMPTY : new Window(slots, List.of(new Slice(until, slots)));
    }

    /** Without what has returned by then. */
    Window settledAt(long now, Period period) {
        if (slices.isEmpty() || period.returnsAt(slices.get(0).until()) > now) {
            return this;
        }
        return of(slices.stream()
                .filter(slice -> period.returnsAt(slice.until()) > now)
                .toList());
    }

    /** With all that another one has. */
    Window with(Window other) {
        Window sum = this;
        for (Slice slice : other.slices) {
            sum = sum.with(slice.until(), slice.slots());
        }
        return sum;
    }

    private Window with(long until, long slots) {
        List<Slice> more = new ArrayList<>(slices);
        int index = more.size();
        while (index > 0 && more.get(index - 1).until() > until) {
            index--;
        }
        if (index > 0 && more.get(index - 1).until() == until) {
            more.set(index - 1, new Slice(until, more.get(index - 1).slots() + slots));
        } else {
            more.add(index, new Slice(until, slots));
        }
        return new Window(taken + slots, more);
    }

    /** Without what another one has; what has returned since is not given back a second time. */
    Window without(Window other) {
        if (other.slices.isEmpty()) {
            return this;
        }
        List<Slice> rest = new ArrayList<>();
        int next = 0;
        for (Slice slice : slices) {
            while (next < other.slices.size() && other.slices.get(next).until() < slice.until()) {
                next++;
            }
            boolean isShared =
                    next < other.slices.size() && other.slices.get(next).until() == slice.until();
            long left = slice.slots() - (isShared ? other.slices.get(next).slots() : 0);
            if (left > 0) {
                rest.add(new Slice(slice.until(), left));
            }
        }
        return of(rest);
    }

    /** Without this many slots, of those that were taken last. */
    Window withoutLast(long slots) {
        List<Slice> rest = new ArrayList<>(slices);
        long over = slots;
        while (over > 0 && !rest.isEmpty()) {
            Slice last = rest.remove(rest.size() - 1);
            if (last.slots() > over) {
                rest.add(new Slice(last.until(), last.slots() - over));
            }
            over -= last.slots();
        }
        return of(rest);
    }

    /** From when on this many slots more fit, in epoch milliseconds; {@link LedgerState#AT_ONCE} if they do without any return. */
    long fitsAt(long slots, Quota quota) {
        long excess = taken + slots - quota.slots();
        int returned = 0;
        while (excess > 0 && returned < slices.size()) {
            excess -= slices.get(returned++).slots();
        }
        if (excess > 0) {
            return LedgerState.NEVER;
        }
        return returned == 0
                ? LedgerState.AT_ONCE
                : quota.period().returnsAt(slices.get(returned - 1).until());
    }

    /** When all has returned, in epoch milliseconds. */
    long emptyAt(Period period) {
        return slices.isEmpty()
                ? LedgerState.AT_ONCE
                : period.returnsAt(slices.get(slices.size() - 1).until());
    }

    /** The same by another clock. */
    Window laterBy(long millis) {
        return new Window(
                taken,
                slices.stream()
                        .map(slice -> new Slice(slice.until() + millis, slice.slots()))
                        .toList());
    }

    private static Window of(List<Slice> slices) {
        return slices.isEmpty()
                ? EMPTY
                : new Window(slices.stream().mapToLong(Slice::slots).sum(), slices);
    }
}
