package io.limitledger.holder;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A transport that records the lease id of the last acquire. */
final class LastLeaseId implements Transport {
    private final Transport transport;
    private @Nullable UUID leaseId;

    LastLeaseId(Transport transport) {
        this.transport = transport;
    }

    UUID leaseId() {
        return Objects.requireNonNull(leaseId);
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        this.leaseId = leaseId;
        return transport.acquire(request, leaseId, waitMillis);
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        return transport.renew(request, leaseId);
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        return transport.release(request, leaseId, used);
    }

    @Override
    public void close() {
        transport.close();
    }
}
