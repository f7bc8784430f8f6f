package io.limitledger.holder;

import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Slots that are held. The lease renews itself, three times within its duration, until it is closed. Safe for use by
 * many threads.
 *
 * <p>It is lost when the ledger says that it is gone (it was released by id, or its limit was deleted), or when no renewal
 * was confirmed for as long as it lasts. That time is counted here, from before the last confirmed renewal was sent; so
 * a holder never believes in its lease for longer than the ledger does.
 */
public interface Lease extends AutoCloseable {
    /** The id under which the ledger knows it. */
    UUID id();

    /** How many slots of each limit are held. Throws {@link IllegalStateException} if they differ. */
    long slots();

    /** How many slots of one of its limits are held. */
    long slots(String limit);

    /** The key whose slots they are; null if none was named. Throws {@link IllegalStateException} if the limits have different ones. */
    @Nullable
    String key();

    /**
     * A number that is higher than that of every earlier grant of the limit's name. A resource that remembers the highest fence
     * it has seen can refuse a holder that has been replaced; useful for limits of one slot. 0 if a ledger of an older version
     * granted the lease. Throws {@link IllegalStateException} for a lease on several limits.
     */
    long fence();

    /** The same for one of its limits. */
    long fence(String limit);

    /**
     * Says how many slots were really used, 0 to 2147483647, where that is known only afterwards. Less than was taken: the rest
     * returns. More: it is charged at once, even beyond the limit's bounds. May be corrected by another call. It does not wait
     * for the ledger: what is not confirmed is tried again, and said once more with the release. Throws {@link
     * IllegalStateException} once the lease is closed, and for a lease on several limits; does nothing if it is lost.
     */
    void settle(long slots);

    /** The same for one of its limits; the others stay as they are. */
    void settle(String limit, long slots);

    /** Whether the slots are held at this moment: neither lost nor closed. */
    boolean isHeld();

    /**
     * Has something done when the lease is lost; at once if it is lost already, never if it is closed before. It is called
     * on a thread of its own, with the reason in words.
     */
    void onLost(Consumer<String> action);

    /**
     * Releases the slots. What this process asks of the same limit afterwards is decided behind the release, so the answer is
     * not waited for; it is tried again in the background until it is confirmed, and {@link Limits#close()} waits for that. A
     * process that must know when others can have the slots closes its {@link Limits}. Where there is no such order
     * (single requests, for want of a session; or a connection that is lost at this moment), it waits up to two seconds. Never
     * throws; closing again does nothing.
     */
    @Override
    void close();
}
