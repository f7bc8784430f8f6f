package io.limitledger.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * What counts against the quotas of a limit, or of a key: a window for each, in their order. Where none are kept yet, all are
 * empty. Calendar windows go by the broker's clock, sliding ones by the partition's time.
 *
 * @param all as many as quotas, or none if all are empty
 * @param epoch since when the quotas have these periods, by the offset of a command: what was taken before cannot be given back
 *     to a window any more. 0 since the limit exists, and where there is no quota
 */
public record Windows(List<Window> all, long epoch) {
    public static final Windows EMPTY = new Windows(List.of(), 0);

    public Windows {
        all = all == null ? List.of() : List.copyOf(all);
    }

    /** Of a key that comes into being by a command. */
    static Windows begun(List<Quota> quotas, long offset) {
        return quotas.isEmpty() ? EMPTY : new Windows(List.of(), 2 * offset);
    }

    /** What a claim takes that starts then: the same from each. */
    public static Windows taking(long slots, List<Quota> quotas, long epoch, Now at) {
        if (quotas.isEmpty()) {
            return new Windows(List.of(), epoch);
        }
        List<Window> taken = new ArrayList<>(quotas.size());
        for (Quota quota : quotas) {
            taken.add(Window.of(quota.period().stretchEnd(at.by(quota.period())), slots));
        }
        return new Windows(taken, epoch);
    }

    /** From when on a claim fits, by the partition's time in epoch milliseconds; {@link LedgerState#AT_ONCE} if it does now. */
    public long fitsAt(long slots, List<Quota> quotas, long aheadMillis) {
        long fitsAt = LedgerState.AT_ONCE;
        for (int index = 0; index < quotas.size(); index++) {
            fitsAt = Math.max(fitsAt, fitsAt(slots, quotas.get(index), index, aheadMillis));
        }
        return fitsAt;
    }

    /** The same for one of the quotas. */
    public long fitsAt(long slots, Quota quota, int index, long aheadMillis) {
        long fitsAt = window(index).fitsAt(slots, quota);
        boolean isTime = fitsAt != LedgerState.NEVER && fitsAt != LedgerState.AT_ONCE;
        return isTime && quota.period().isCalendar() ? fitsAt + aheadMillis : fitsAt;
    }

    /** How many slots are left at a time; less than 0 where more were charged than there were. */
    public long left(List<Quota> quotas, Now at) {
        long left = Bounds.SLOTS;
        for (int index = 0; index < quotas.size(); index++) {
            Quota quota = quotas.get(index);
            Window now = window(index).settledAt(at.by(quota.period()), quota.period());
            left = Math.min(left, quota.slots() - now.taken());
        }
        return left;
    }

    /** Without what has returned by then. */
    public Windows settledAt(List<Quota> quotas, Now at) {
        if (all.isEmpty()) {
            return this;
        }
        List<Window> settled = new ArrayList<>(all.size());
        for (int index = 0; index < all.size(); index++) {
            Period period = quotas.get(index).period();
            settled.add(all.get(index).settledAt(at.by(period), period));
        }
        return new Windows(settled, epoch);
    }

    /** With what a claim took, as of then. */
    public Windows with(Windows taken, List<Quota> quotas, Now at) {
        Windows settled = settledAt(quotas, at);
        if (taken.epoch != epoch || taken.all.size() != quotas.size()) {
            return settled;
        }
        List<Window> sum = new ArrayList<>(quotas.size());
        for (int index = 0; index < quotas.size(); index++) {
            sum.add(settled.window(index).with(taken.window(index)));
        }
        return new Windows(sum, epoch);
    }

    /** Without what a claim took, as far as it still counts. */
    public Windows without(Windows taken) {
        if (taken.epoch != epoch || taken.all.size() != all.size()) {
            return this;
        }
        List<Window> rest = new ArrayList<>(all.size());
        for (int index = 0; index < all.size(); index++) {
            rest.add(all.get(index).without(taken.window(index)));
        }
        return new Windows(rest, epoch);
    }

    /** What a claim took, with this many slots more, or fewer where that is negative; as of then. */
    public Windows settledBy(long slots, List<Quota> quotas, long epoch, Now at) {
        boolean isSame = this.epoch == epoch && all.size() == quotas.size();
        Windows known = isSame ? settledAt(quotas, at) : new Windows(List.of(), epoch);
        if (slots >= 0) {
            return known.with(taking(slots, quotas, epoch, at), quotas, at);
        }
        return new Windows(
                known.all.stream().map(window -> window.withoutLast(-slots)).toList(), epoch);
    }

    /**
     * Under other quotas, from a command on. What counts against a period goes on counting. A sliding period of another length counts what the
     * longest of those before has counted; any other period begins full.
     */
    public Windows converted(List<Quota> before, List<Quota> after, Now at, long offset) {
        if (hasSamePeriods(before, after)) {
            return this;
        }
        if (all.isEmpty()) {
            return new Windows(List.of(), 2 * offset + 1);
        }
        Windows settled = settledAt(before, at);
        List<Window> converted = new ArrayList<>(after.size());
        for (Quota quota : after) {
            int index = predecessor(quota.period(), before);
            converted.add(index < 0 ? Window.EMPTY : settled.window(index));
        }
        return new Windows(converted, 2 * offset + 1);
    }

    private static boolean hasSamePeriods(List<Quota> before, List<Quota> after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int index = 0; index < before.size(); index++) {
            if (!before.get(index).period().isSameAs(after.get(index).period())) {
                return false;
            }
        }
        return true;
    }

    private static int predecessor(Period period, List<Quota> before) {
        int longest = -1;
        long longestSeconds = 0;
        for (int index = 0; index < before.size(); index++) {
            Period earlier = before.get(index).period();
            if (period.isSameAs(earlier)) {
                return index;
            }
            boolean areSliding = period instanceof SlidingPeriod && earlier instanceof SlidingPeriod;
            if (areSliding && ((SlidingPeriod) earlier).seconds() > longestSeconds) {
                longest = index;
                longestSeconds = ((SlidingPeriod) earlier).seconds();
            }
        }
        return longest;
    }

    /** When all has returned, by the partition's time in epoch milliseconds. */
    long emptyAt(List<Quota> quotas, long aheadMillis) {
        long emptyAt = LedgerState.AT_ONCE;
        for (int index = 0; index < all.size(); index++) {
            Period period = quotas.get(index).period();
            long at = all.get(index).emptyAt(period);
            emptyAt = Math.max(emptyAt, at != LedgerState.AT_ONCE && period.isCalendar() ? at + aheadMillis : at);
        }
        return emptyAt;
    }

    /** The same by another clock. */
    Windows laterBy(long millis, List<Quota> quotas) {
        if (all.size() != quotas.size()) {
            // Of quotas that are no more.
            return this;
        }
        List<Window> later = new ArrayList<>(all.size());
        for (int index = 0; index < all.size(); index++) {
            boolean isCalendar = quotas.get(index).period().isCalendar();
            later.add(isCalendar ? all.get(index) : all.get(index).laterBy(millis));
        }
        return new Windows(later, epoch);
    }

    private Window window(int index) {
        return all.isEmpty() ? Window.EMPTY : all.get(index);
    }

    /**
     * A time by both clocks.
     *
     * @param at epoch milliseconds by the partition's time
     * @param aheadMillis by how much that is ahead of the broker's clock
     */
    public record Now(long at, long aheadMillis) {
        long by(Period period) {
            return period.isCalendar() ? at - aheadMillis : at;
        }
    }

    /** Whether other quotas could make a start later that was promised under these. */
    public static boolean isLowered(List<Quota> before, List<Quota> after) {
        for (int index = 0; index < after.size(); index++) {
            Quota quota = after.get(index);
            boolean isAsBefore = index < before.size()
                    && before.get(index).period().isSameAs(quota.period())
                    && before.get(index).slots() <= quota.slots();
            if (!isAsBefore) {
                return true;
            }
        }
        return false;
    }
}
