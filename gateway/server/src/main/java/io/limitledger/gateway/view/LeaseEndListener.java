package io.limitledger.gateway.view;

import io.limitledger.core.state.EndedLease;
import java.util.UUID;

/** Is called as the view reads that leases end, on the thread that reads: it must not block. */
public interface LeaseEndListener {
    LeaseEndListener NONE = new LeaseEndListener() {
        @Override
        public void ended(EndedLease lease) {}

        @Override
        public void removed(UUID leaseId, String limit) {}
    };

    /** A lease or a wait has ended on a limit. */
    void ended(EndedLease lease);

    /** Nothing is known of the id on this limit any more: the limit was deleted or renamed, or the end is forgotten. */
    void removed(UUID leaseId, String limit);
}
