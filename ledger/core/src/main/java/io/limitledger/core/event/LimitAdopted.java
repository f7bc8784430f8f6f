package io.limitledger.core.event;

import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import java.util.List;

/**
 * A limit came from another name. The first event under the new one.
 *
 * @param from the old name
 * @param limit as it is from now on, without its leases and waiters; with the seal that it had under the old name
 * @param leases those that came with the first part
 * @param waiters those that came with the first part
 * @param keys those that came with the first part
 */
public record LimitAdopted(String from, SealedLimit limit, List<Lease> leases, List<Waiter> waiters, List<KeyUse> keys)
        implements Fact {
    public LimitAdopted {
        leases = leases == null ? List.of() : List.copyOf(leases);
        waiters = waiters == null ? List.of() : List.copyOf(waiters);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    public LimitAdopted(String from, SealedLimit limit, List<Lease> leases, List<Waiter> waiters) {
        this(from, limit, leases, waiters, List.of());
    }
}
