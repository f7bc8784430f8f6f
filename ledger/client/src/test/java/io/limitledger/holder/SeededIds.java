package io.limitledger.holder;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A transport that replaces each random id by one determined by the seed. The new id still contains its limit's
 * partition.
 */
final class SeededIds implements Transport {
    private static final long VARIANT_AND_HASH = 0x8000_0000_FFFF_FFFFL;
    private static final long VERSION = 0x4000L;

    private final Transport transport;
    private final LongSupplier numbers;
    private final SimulatedHolder.Watcher watcher;
    private final Map<UUID, UUID> ids = new HashMap<>();

    SeededIds(Transport transport, LongSupplier numbers, SimulatedHolder.Watcher watcher) {
        this.transport = transport;
        this.numbers = numbers;
        this.watcher = watcher;
    }

    UUID seeded(UUID leaseId) {
        return ids.computeIfAbsent(leaseId, this::next);
    }

    private UUID next(UUID leaseId) {
        return new UUID(
                numbers.getAsLong() << Integer.SIZE | VERSION, leaseId.getLeastSignificantBits() & VARIANT_AND_HASH);
    }

    @Override
    public CompletableFuture<TransportOutcome> acquire(AcquireRequest request, UUID leaseId, long waitMillis) {
        return transport.acquire(request, seeded(leaseId), waitMillis);
    }

    @Override
    public CompletableFuture<TransportOutcome> renew(AcquireRequest request, UUID leaseId) {
        return transport.renew(request, seeded(leaseId));
    }

    @Override
    public CompletableFuture<Void> release(AcquireRequest request, UUID leaseId, Map<String, Long> used) {
        return transport.release(request, seeded(leaseId), used).thenRun(() -> watcher.released(seeded(leaseId)));
    }

    @Override
    public void close() {
        transport.close();
    }
}
