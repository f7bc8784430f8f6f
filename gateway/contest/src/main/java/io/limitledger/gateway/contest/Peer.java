package io.limitledger.gateway.contest;

import java.time.Duration;

/** What both sides can do, by their public client. Safe for use by many threads. */
interface Peer extends AutoCloseable {
    /** Makes a concurrency limit, in the words of this side. */
    void createLimit(String name, int slots) throws Exception;

    /** Makes a rate limit that no measurement reaches: a million a second. */
    void createRate(String name) throws Exception;

    /**
     * Acquires one slot.
     *
     * @param patience zero to fail at once if no slot is free
     * @return closing it releases the slot
     */
    AutoCloseable acquire(String name, Duration patience, Duration lease) throws Exception;

    /** Spends one slot of a rate limit. */
    void spend(String name) throws Exception;

    /** How many slots of a concurrency limit are held. */
    long held(String name) throws Exception;

    @Override
    void close();
}
