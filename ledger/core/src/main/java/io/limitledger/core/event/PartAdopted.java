package io.limitledger.core.event;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.List;

/** More leases, waiters and keys of a limit came from its old name. */
public record PartAdopted(List<Lease> leases, List<Waiter> waiters, List<KeyUse> keys) implements Fact {
    public PartAdopted {
        leases = leases == null ? List.of() : List.copyOf(leases);
        waiters = waiters == null ? List.of() : List.copyOf(waiters);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    public PartAdopted(List<Lease> leases, List<Waiter> waiters) {
        this(leases, waiters, List.of());
    }
}
