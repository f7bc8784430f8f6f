package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.UUID;

/** A lease in JSON, with the limits on which it was asked for. */
public record LeaseBody(@JsonProperty("lease_id") UUID leaseId, List<MinimalLimit> limits) {
    public static LeaseBody of(Lease lease, List<Limit> limits) {
        return new LeaseBody(lease.leaseId(), MinimalLimit.all(limits));
    }
}
