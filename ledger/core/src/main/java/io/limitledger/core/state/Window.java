package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What counts against a quota: slots by the time at which they were taken. A lease keeps the same of what it took, so that
 * settling gives back exactly there. Bounded, whatever the rate: see {@link Period}.
 *
 * @param taken slots of all slices
 * @param earlier all slices but the last, in order of time, each of another stretch
 * @param last the slice that grants of the present add to: apart, so that a grant costs the same however many there are. Null
 *     if there is no slice
 */
public record Window(
        long taken, List<Slice> earlier, @Nullable Slice last) {
    public static final Window EMPTY = new Window(0, List.of(), null);

    public Window {
        earlier = List.copyOf(earlier);
    }

    /** One of these slices, in order of time. */
    public static Window of(List<Slice> slices) {
        return slices.isEmpty()
                ? EMPTY
                : of(slices.stream().mapToLong(Slice::slots).sum(), slices);
    }

    private static Window of(long taken, List<Slice> slices) {
        return new Window(taken, slices.subList(0, slices.size() - 1), slices.get(slices.size() - 1));
    }

    /** One in which all slots were taken in the same stretch. */
    static Window of(long until, long slots) {
        return slots == 0 ? EMPTY : new Window(slots, List.of(), new Slice(until, slots));
    }

    /** All slices, in order of time. */
    public List<Slice> slices() {
        List<Slice> slices = new ArrayList<>(size());
        for (int index = 0; index < size(); index++) {
            slices.add(slice(index));
        }
        return slices;
    }

    /** How many slices there are. */
    public int size() {
        return last == null ? 0 : earlier.size() + 1;
    }

    /** A slice by its position in the order of time, from 0. */
    public Slice slice(int index) {
        return last != null && index == earlier.size() ? last : earlier.get(index);
    }

    /** Without what has returned by then. */
    Window settledAt(long now, Period period) {
        int returned = 0;
        while (returned < size() && period.returnsAt(slice(returned).until()) <= now) {
            returned++;
        }
        return returned == 0 ? this : of(slices().subList(returned, size()));
    }

    /** With all that another one has. */
    Window with(Window other) {
        Window sum = this;
        for (int index = 0; index < other.size(); index++) {
            sum = sum.with(other.slice(index).until(), other.slice(index).slots());
        }
        return sum;
    }

    private Window with(long until, long slots) {
        if (last != null && last.until() == until) {
            return new Window(taken + slots, earlier, new Slice(until, last.slots() + slots));
        }
        List<Slice> more = slices();
        int index = more.size();
        while (index > 0 && more.get(index - 1).until() > until) {
            index--;
        }
        if (index > 0 && more.get(index - 1).until() == until) {
            more.set(index - 1, new Slice(until, more.get(index - 1).slots() + slots));
        } else {
            more.add(index, new Slice(until, slots));
        }
        return of(taken + slots, more);
    }

    /** Without what another one has; what has returned since is not given back a second time. */
    Window without(Window other) {
        if (other.size() == 0) {
            return this;
        }
        List<Slice> rest = new ArrayList<>(size());
        int next = 0;
        for (Slice slice : slices()) {
            while (next < other.size() && other.slice(next).until() < slice.until()) {
                next++;
            }
            boolean isShared = next < other.size() && other.slice(next).until() == slice.until();
            long left = slice.slots() - (isShared ? other.slice(next).slots() : 0);
            if (left > 0) {
                rest.add(new Slice(slice.until(), left));
            }
        }
        return of(rest);
    }

    /** Without this many slots, of those that were taken last. */
    Window withoutLast(long slots) {
        List<Slice> rest = slices();
        long over = slots;
        while (over > 0 && !rest.isEmpty()) {
            Slice latest = rest.remove(rest.size() - 1);
            if (latest.slots() > over) {
                rest.add(new Slice(latest.until(), latest.slots() - over));
            }
            over -= latest.slots();
        }
        return of(rest);
    }

    /** From when on this many slots more fit, in epoch milliseconds; {@link LedgerState#AT_ONCE} if they do without any return. */
    long fitsAt(long slots, Quota quota) {
        long excess = taken + slots - quota.slots();
        int returned = 0;
        while (excess > 0 && returned < size()) {
            excess -= slice(returned++).slots();
        }
        if (excess > 0) {
            return LedgerState.NEVER;
        }
        return returned == 0
                ? LedgerState.AT_ONCE
                : quota.period().returnsAt(slice(returned - 1).until());
    }

    /** When all has returned, in epoch milliseconds. */
    long emptyAt(Period period) {
        return last == null ? LedgerState.AT_ONCE : period.returnsAt(last.until());
    }

    /** The same by another clock. */
    Window laterBy(long millis) {
        return of(slices().stream()
                .map(slice -> new Slice(slice.until() + millis, slice.slots()))
                .toList());
    }
}
