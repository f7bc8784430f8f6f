package io.limitledger.audit;

import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.LeaseClock;
import io.limitledger.core.state.Removals;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import io.limitledger.wire.StateRecord;
import java.util.function.Consumer;

/** Records of the state, read back from the form in which the store, its changelog and checkpoints hold them. */
final class StateRecords {
    private StateRecords() {}

    static void put(HeapRecords records, LeaseClock clock) {
        records.put(clock);
    }

    static void put(HeapRecords records, StateKey key, byte[] value) {
        put(records, key, value, limit -> {});
    }

    /** @param seals is given each limit with its seal, which the records do not have */
    static void put(HeapRecords records, StateKey key, byte[] value, Consumer<SealedLimit> seals) {
        switch (key.kind()) {
            case LIMIT -> {
                SealedLimit sealed = StateRecord.limit(key, value);
                records.put(sealed.limit());
                seals.accept(sealed);
            }
            case LEASE -> records.put(StateRecord.lease(key, value));
            case LEASE_CLOCK -> records.put(StateJson.read(value, LeaseClock.class));
            case KEY -> records.put(StateRecord.keyUse(key, value));
            case REMOVALS -> records.put(StateJson.read(value, Removals.class));
            case MARK -> {}
        }
    }
}
