package io.limitledger.holder;

import io.limitledger.client.Sending;
import io.limitledger.timer.Timer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A simulated process that holds slots with the code of {@link Limits}, without its threads. */
public final class SimulatedHolder {
    private final SeededIds transport;
    private final Timer timer;
    private final Releaser releaser;
    private final Watcher watcher;
    private final Set<KeptLease> held = new LinkedHashSet<>();

    /** Observes what the process believes. */
    public interface Watcher {
        /**
         * The process believes that it may use the slots from now on; if they are held, until it learns that they are
         * lost.
         */
        void begun(UUID leaseId, boolean isHeld);

        /** The id was released: the process believes that no slots are held under it, nor will be. */
        void released(UUID leaseId);

        /** The acquire was denied or refused: the process believes that no slots are held under the id, nor will be. */
        void deniedOrRefused(UUID leaseId);
    }

    private SimulatedHolder(Transport transport, Timer timer, LongSupplier numbers, Watcher watcher) {
        this.transport = new SeededIds(transport, numbers, watcher);
        this.timer = timer;
        this.releaser = new Releaser(this.transport, timer);
        this.watcher = watcher;
    }

    /** A holder that asks the ledger over Kafka. */
    public static SimulatedHolder overKafka(Sending sender, Timer timer, LongSupplier numbers, Watcher watcher) {
        return new SimulatedHolder(new KafkaTransport(sender.confirming(), timer, () -> {}), timer, numbers, watcher);
    }

    /**
     * A holder that asks a gateway.
     *
     * @param principal as which it asks
     * @param wayMillis delay of a message to or from the gateway in milliseconds; negative if the message is lost
     */
    public static SimulatedHolder overGateway(
            Supplier<SimulatedGateway> gateway,
            String principal,
            LongSupplier wayMillis,
            Timer timer,
            LongSupplier numbers,
            Watcher watcher) {
        return new SimulatedHolder(new GatewayTransport(gateway, principal, timer, wayMillis), timer, numbers, watcher);
    }

    /**
     * Acquires slots of one limit or several, and keeps them.
     *
     * @param limits in order
     * @param leaseMillis 0 to spend them
     * @param ended called at the end with how to release the held slots, or with null if none are held
     */
    public void acquire(
            List<String> limits, long slots, long leaseMillis, long waitMillis, Consumer<@Nullable Runnable> ended) {
        AcquireRequest request =
                AcquireRequest.of(limits, leaseMillis).slots(slots).waitingUpTo(Duration.ofMillis(waitMillis));
        LastLeaseId lastAcquire = new LastLeaseId(transport);
        CompletableFuture<PendingAcquire.Grant> unused = new PendingAcquire(request, lastAcquire, timer, releaser)
                .start()
                .whenComplete((grant, failure) -> {
                    if (failure instanceof SlotsNotFreeException || failure instanceof AcquireRefusedException) {
                        watcher.deniedOrRefused(transport.seeded(lastAcquire.leaseId()));
                    }
                    ended.accept(failure == null ? begin(request, grant) : null);
                });
    }

    private @Nullable Runnable begin(AcquireRequest request, PendingAcquire.Grant grant) {
        if (!request.isForLease()) {
            watcher.begun(transport.seeded(grant.leaseId()), false);
            return null;
        }
        return keep(request, grant);
    }

    private Runnable keep(AcquireRequest request, PendingAcquire.Grant grant) {
        KeptLease lease = new KeptLease(request, grant, transport, timer, releaser, held::remove);
        held.add(lease);
        lease.keep();
        // A lease confirmed too late is lost from the beginning.
        if (lease.isHeld()) {
            watcher.begun(transport.seeded(grant.leaseId()), true);
        }
        return () -> {
            CompletableFuture<Void> unused = lease.release();
        };
    }

    public boolean believesItHolds(UUID leaseId) {
        return held.stream()
                .anyMatch(
                        lease -> lease.isHeld() && transport.seeded(lease.id()).equals(leaseId));
    }
}
