package io.limitledger.holder;

import java.util.UUID;
import java.util.function.Consumer;

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

    /** Whether the slots are held at this moment: neither lost nor closed. */
    boolean isHeld();

    /**
     * Has something done when the lease is lost; at once if it is lost already, never if it is closed before. It is called
     * on a thread of its own, with the reason in words.
     */
    void onLost(Consumer<String> action);

    /**
     * Releases the slots, and waits a moment until that is confirmed. If it cannot be confirmed, or the thread is
     * interrupted, it is tried on in the background. Never throws; closing again does nothing.
     */
    @Override
    void close();
}
