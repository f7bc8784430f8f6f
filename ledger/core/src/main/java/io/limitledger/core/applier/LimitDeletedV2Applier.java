package io.limitledger.core.applier;

import io.limitledger.core.event.Fact;
import io.limitledger.core.state.Limit;
import org.jspecify.annotations.Nullable;

/** As the first version, since when time belongs to the partition: no record of a limit shows how far it has come. */
final class LimitDeletedV2Applier {
    private LimitDeletedV2Applier() {}

    static @Nullable Limit apply(Fact fact, Change change) {
        PartitionTime.reached(change.state(), change.event().at());
        return LimitDeletedApplier.apply(fact, change);
    }
}
