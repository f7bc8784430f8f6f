package io.limitledger.core.applier;

import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Move;
import java.util.Objects;

/** More leases and waiters have arrived under a limit's new name. */
final class PartAdoptedApplier {
    private PartAdoptedApplier() {}

    static Limit apply(PartAdopted part, Change change) {
        Limit limit = change.limit();
        Move move = Objects.requireNonNull(limit.move());
        return change.adopt(part.leases(), part.waiters(), part.keys(), limit).moving(move.withNextPart());
    }
}
