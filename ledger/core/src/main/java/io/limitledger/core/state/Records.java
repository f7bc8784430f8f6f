package io.limitledger.core.state;

import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored records of a partition's state: plain maps, or the state store of a stream task. Found by key only; the
 * orders in which rules ask for them are kept by {@link IndexedLedgerState}.
 *
 * <p>A lease is stored with the end that it would have had if the ledger had never been away: by how much all leases of a limit
 * were prolonged is stored once, in the limit's own record, so that prolonging them costs nothing for each.
 */
public interface Records extends LeaseRecords {
    LeaseClock leaseClock();

    @Nullable
    Limit limit(String name);

    boolean isRetired(Retired retired);

    /** See {@link Removals#fence}. */
    long fenceOfRemoved();

    @Nullable
    KeyUse keyUse(String limit, String key);

    void put(LeaseClock clock);

    void put(Limit limit);

    void put(LeaseRecord lease);

    void removeLease(String limit, UUID leaseId);

    void put(KeyUse use);

    void removeKey(String limit, String key);

    /**
     * Removes the limit's own record, and remembers that it was there.
     *
     * @param offset of the command that deleted the limit
     */
    void removeLimit(Limit limit, long offset);

    /** Passes every record to the consumers, to build the indexes from. */
    void forEach(Consumer<Limit> limits, Consumer<LeaseRecord> leases, Consumer<KeyUse> keys);
}
