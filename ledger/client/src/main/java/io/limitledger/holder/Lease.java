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
     * Releases the slots. What this process asks of the same limit afterwards is decided behind the release, so the answer is
     * not waited for; it is tried again in the background until it is confirmed, and {@link Limits#close()} waits for that. A
     * process that must know when others can have the slots closes its {@link Limits}. Where there is no such order
     * (single requests, for want of a session; or a connection that is lost at this moment), it waits up to two seconds. Never
     * throws; closing again does nothing.
     */
    @Override
    void close();
}
