package io.limitledger.core.state;

/** What the appliers of events may write. Nobody else sees this interface's methods. */
public interface MutableLedgerState extends LedgerState {
    void put(LeaseClock clock);

    void put(Limit limit);

    /** In the place of what is kept of its id on its limit so far. */
    void put(LeaseRecord lease);

    /** Forgets the one that ended first, of which there must be one. */
    void removeFirstEnded(String limit);

    /**
     * Forgets a limit with all that belongs to it.
     *
     * @param offset of the command that deleted it
     */
    void removeLimit(String name, long offset);
}
