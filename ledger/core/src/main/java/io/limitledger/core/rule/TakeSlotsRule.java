package io.limitledger.core.rule;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Reply;
import java.util.List;

/** Decides {@link TakeSlots}: as an acquire without a lease, on limits of either kind. */
public final class TakeSlotsRule {
    private TakeSlotsRule() {}

    public static Reply decide(TakeSlots take, Draft draft) {
        AcquireLease acquire =
                new AcquireLease(take.limit(), take.leaseId(), take.slots(), 0, 0, take.holder(), List.of());
        return AcquireLeaseRule.decide(acquire, false, draft);
    }
}
