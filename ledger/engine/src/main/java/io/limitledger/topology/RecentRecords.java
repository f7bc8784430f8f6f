package io.limitledger.topology;

import io.limitledger.wire.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * The state records that were last read or written, as they were read, also those that are not there. Each key has one
 * place, which it shares with others: whoever comes last has it. That is cheaper than to know who was used least lately,
 * and what is pushed out is only read again.
 */
final class RecentRecords {
    /** Stands for a record that is not there. */
    static final Object ABSENT = new Object();

    /** Enough for what is asked for again within moments; a few megabytes, so that it stays near. */
    private static final int PLACES = 8_192;

    private final StateKey[] keys;
    private final Object[] records;

    RecentRecords() {
        this(PLACES);
    }

    /** @param places a power of two */
    RecentRecords(int places) {
        this.keys = new StateKey[places];
        this.records = new Object[places];
    }

    /** The record, or {@link #ABSENT}; null if it is not known here. */
    @Nullable
    Object get(StateKey key) {
        int place = place(key);
        return key.equals(keys[place]) ? records[place] : null;
    }

    void put(StateKey key, Object record) {
        int place = place(key);
        keys[place] = key;
        records[place] = record;
    }

    private int place(StateKey key) {
        int hash = key.hashCode();
        return (hash ^ (hash >>> 16)) & (keys.length - 1);
    }
}
