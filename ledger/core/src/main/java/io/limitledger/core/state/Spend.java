package io.limitledger.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a lease took besides the slots that it occupies of its limit: kept with it, so that its end and its settlement give
 * back exactly there.
 *
 * @param windows slots of the limit's quotas
 * @param key the key under which it is counted; null if under none
 * @param keyMicros micro-slots put into the key's bucket
 * @param keyDrainMark that bucket's {@code drainedMicros} when the lease started
 * @param keyWindows slots of the key's quotas
 */
public record Spend(Windows windows, @Nullable String key, long keyMicros, long keyDrainMark, Windows keyWindows) {
    /** Of a lease that was granted when there was nothing else to take. */
    public static final Spend NOTHING = new Spend(Windows.EMPTY, null, 0, 0, Windows.EMPTY);

    /** The same by another clock. */
    public Spend laterBy(long millis, List<Quota> quotas, List<Quota> quotasOfKey) {
        return new Spend(
                windows.laterBy(millis, quotas), key, keyMicros, keyDrainMark, keyWindows.laterBy(millis, quotasOfKey));
    }
}
