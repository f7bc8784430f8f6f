package io.limitledger.core.state;

/** What the appliers of events may write. Rules see only {@link LedgerState}. */
public interface MutableLedgerState extends LedgerState {
    void put(LeaseClock clock);

    void put(Limit limit);

    /** Replaces what is stored of its id on its limit. */
    void put(LeaseRecord lease);

    /** Replaces what is stored of its key on its limit. */
    void put(KeyUse use);

    void removeKey(String limit, String key);

    /** Forgets the lease that ended first; at least one must be remembered. */
    void removeFirstEnded(String limit);

    /**
     * Forgets a limit with all that belongs to it.
     *
     * @param offset of the command that deleted it
     */
    void removeLimit(String name, long offset);
}
