package io.limitledger.audit;

import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Limit;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;

/** Records of the state, read back from the form in which the store, its changelog and checkpoints hold them. */
final class StateRecords {
    private StateRecords() {}

    static void put(HeapRecords records, LeaseClock clock) {
        records.put(clock);
    }

    static void put(HeapRecords records, Limit limit) {
        records.put(limit);
    }

    static void put(HeapRecords records, StateKey key, byte[] value) {
        switch (key.kind()) {
            case LIMIT -> records.put(StateRecord.limit(key, value));
            case LEASE -> records.put(StateRecord.lease(key, value));
            case LEASE_CLOCK -> records.put(StateJson.read(value, LeaseClock.class));
            case REMOVALS, MARK -> {}
        }
    }
}
