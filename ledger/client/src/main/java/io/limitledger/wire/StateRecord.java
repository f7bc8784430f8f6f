package io.limitledger.wire;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;

/**
 * A state record as the value of a record in the store and its changelog. Limits, leases and keys are written in a {@link
 * CompactState compact form}, all others in JSON, as versions before wrote all of them; both are read. A record is held
 * against its key: a value under the key of another was not written by a ledger.
 */
public final class StateRecord {
    private StateRecord() {}

    public static byte[] write(StateKey key, Object record) {
        if (record instanceof SealedLimit sealed) {
            return CompactState.write(key, sealed);
        }
        if (record instanceof KeyUse use) {
            return CompactState.write(key, use);
        }
        return record instanceof LeaseRecord lease ? CompactState.write(key, lease) : StateJson.write(record);
    }

    /**
     * Reads the record of a limit.
     *
     * @throws RuntimeException if it is not the record of this limit
     */
    public static SealedLimit limit(StateKey key, byte[] value) {
        if (isCompact(value)) {
            return CompactState.readLimit(key, value);
        }
        SealedLimit sealed = StateJson.read(value, SealedLimit.class);
        require(
                key,
                sealed != null
                        && sealed.limit() != null
                        && sealed.limit().name() != null
                        && StateKey.ofLimit(sealed.limit().name()).equals(key));
        Limit limit = sealed.limit();
        require(key, limit.id() != null && limit.definition() != null && limit.bucket() != null);
        return sealed;
    }

    /**
     * Reads what is kept of a lease id.
     *
     * @throws RuntimeException if it is not a record of this lease
     */
    public static LeaseRecord lease(StateKey key, byte[] value) {
        if (isCompact(value)) {
            return CompactState.readLease(key, value);
        }
        LeaseRecord lease = StateJson.read(value, LeaseRecord.class);
        require(
                key,
                lease != null
                        && lease.limit() != null
                        && lease.leaseId() != null
                        && StateKey.ofLease(lease.limit(), lease.leaseId()).equals(key));
        return lease;
    }

    /**
     * Reads what a key of a limit uses.
     *
     * @throws RuntimeException if it is not the record of this key
     */
    public static KeyUse keyUse(StateKey key, byte[] value) {
        if (isCompact(value)) {
            return CompactState.readKeyUse(key, value);
        }
        KeyUse use = StateJson.read(value, KeyUse.class);
        require(
                key,
                use != null
                        && use.limit() != null
                        && use.key() != null
                        && use.bucket() != null
                        && StateKey.ofKey(use.limit(), use.key()).equals(key));
        return use;
    }

    private static boolean isCompact(byte[] value) {
        return value.length > 0 && value[0] > 0 && value[0] <= CompactState.VERSION;
    }

    private static void require(StateKey key, boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "The value under key '" + key.text() + "' is not that state record, or is not whole");
        }
    }
}
