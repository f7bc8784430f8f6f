package io.limitledger.core.applier;

import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.state.Limit;

/** All leases of a limit end later, by one number in its record. */
final class LeasesProlongedApplier {
    private LeasesProlongedApplier() {}

    static Limit apply(LeasesProlonged prolonged, Change change) {
        Limit limit = change.limit();
        return limit.withProlongedMillis(limit.prolongedMillis() + prolonged.byMillis());
    }
}
