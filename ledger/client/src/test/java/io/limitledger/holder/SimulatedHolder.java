package io.limitledger.holder;

import io.limitledger.client.Sending;
import io.limitledger.timer.Timer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process that holds slots with the code of {@link Limits}, without its threads. */
public final class SimulatedHolder {
    private final SteadyIds transport;
    private final Timer timer;
    private final Releaser releaser;
    private final Watcher watcher;
    private final Set<KeptLease> held = new LinkedHashSet<>();

    /** Told what the process believes. */
    public interface Watcher {
        /** It believes that it may use the slots from now on, and, if they are held, until told otherwise. */
        void begun(UUID leaseId, boolean isHeld);

        /** It was released: it believes that nothing is held under the id, and nothing will be. */
        void released(UUID leaseId);

        /** It was denied or refused what it asked for under the id, and believes the same. */
        void deniedOrRefused(UUID leaseId);
    }

    private SimulatedHolder(Transport transport, Timer timer, LongSupplier numbers, Watcher watcher) {
        this.transport = new SteadyIds(transport, numbers, watcher);
        this.timer = timer;
        this.releaser = new Releaser(this.transport, timer);
        this.watcher = watcher;
    }

    /** One that asks the ledger. */
    public static SimulatedHolder overKafka(Sending sender, Timer timer, LongSupplier numbers, Watcher watcher) {
        return new SimulatedHolder(new KafkaTransport(sender.confirming(), timer, () -> {}), timer, numbers, watcher);
    }

    /**
     * One that asks a gateway.
     *
     * @param wayMillis how long a way to or from the gateway takes; less than 0 if what is sent is lost
     */
    public static SimulatedHolder overGateway(
            Supplier<SimulatedGateway> gateway,
            LongSupplier wayMillis,
            Timer timer,
            LongSupplier numbers,
            Watcher watcher) {
        return new SimulatedHolder(new GatewayTransport(gateway, timer, wayMillis), timer, numbers, watcher);
    }

    /**
     * Acquires slots of one limit or of several, and keeps them.
     *
     * @param limits in order
     * @param leaseMillis 0 to spend them
     * @param ended told at the end: how to release what is held, or null if nothing is
     */
    public void acquire(
            List<String> limits, long slots, long leaseMillis, long waitMillis, Consumer<@Nullable Runnable> ended) {
        AcquireRequest request = new AcquireRequest(limits, slots, leaseMillis, waitMillis, null, 0);
        LastAsked asking = new LastAsked(transport);
        CompletableFuture<PendingAcquire.Grant> unused = new PendingAcquire(request, asking, timer, releaser)
                .start()
                .whenComplete((grant, failure) -> {
                    if (failure instanceof SlotsNotFreeException || failure instanceof AcquireRefusedException) {
                        watcher.deniedOrRefused(transport.steady(asking.leaseId()));
                    }
                    ended.accept(failure == null ? begin(request, grant) : null);
                });
    }

    private @Nullable Runnable begin(AcquireRequest request, PendingAcquire.Grant grant) {
        if (!request.isForLease()) {
            watcher.begun(transport.steady(grant.leaseId()), false);
            return null;
        }
        return keep(request, grant);
    }

    private Runnable keep(AcquireRequest request, PendingAcquire.Grant grant) {
        KeptLease lease = new KeptLease(request, grant, transport, timer, releaser, held::remove);
        held.add(lease);
        lease.keep();
        // What was confirmed too late is lost from the beginning.
        if (lease.isHeld()) {
            watcher.begun(transport.steady(grant.leaseId()), true);
        }
        return () -> {
            CompletableFuture<Void> unused = lease.release();
        };
    }

    public boolean believesInHolding(UUID leaseId) {
        return held.stream()
                .anyMatch(
                        lease -> lease.isHeld() && transport.steady(lease.id()).equals(leaseId));
    }
}
