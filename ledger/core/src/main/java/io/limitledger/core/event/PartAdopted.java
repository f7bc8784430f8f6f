package io.limitledger.core.event;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.List;

/** More leases and waiters of a limit came from its old name. */
public record PartAdopted(List<Lease> leases, List<Waiter> waiters) implements Fact {
    public PartAdopted {
        leases = leases == null ? List.of() : List.copyOf(leases);
        waiters = waiters == null ? List.of() : List.copyOf(waiters);
    }
}
