package io.limitledger.core.rule;

import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import java.util.Objects;

/** Decides {@link ReleaseLease}. Unless it is for another owner, the answer is always the same: nothing is held under this id. */
public final class ReleaseLeaseRule {
    private ReleaseLeaseRule() {}

    public static Reply decide(ReleaseLease release, Draft draft) {
        if (draft.limitIfAny() != null) {
            Lease lease = draft.state().lease(draft.limit().name(), release.leaseId());
            if (lease == null) {
                Refused refused = CancelAcquireRule.giveUp(release.leaseId(), release.owner(), draft);
                return refused == null ? new Released(release.leaseId()) : refused;
            } else if (!lease.claim().mayBeTouchedFor(release.owner())) {
                return draft.notOwner(release.leaseId(), Objects.requireNonNull(release.owner()));
            } else {
                giveBack(SettleLeaseRule.settle(lease, release.used(), draft), draft);
            }
        }
        return new Released(release.leaseId());
    }

    private static void giveBack(Lease lease, Draft draft) {
        Bucket bucket = draft.bucket();
        long freed = lease.undecayedMicros(bucket);
        draft.append(new LeaseReleased(
                lease.leaseId(),
                freed,
                bucket.without(freed),
                draft.demandAfter(lease, draft.now()),
                Promise.afterReturn(freed, draft)));
        HandOver.run(draft);
    }
}
