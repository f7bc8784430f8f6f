package io.limitledger.audit;

import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Limit;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;

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
            case LIMIT -> records.put(StateJson.read(value, Limit.class));
            case LEASE -> records.put(StateJson.read(value, LeaseRecord.class));
            case LEASE_CLOCK -> records.put(StateJson.read(value, LeaseClock.class));
            case REMOVALS, MARK -> {}
        }
    }
}
