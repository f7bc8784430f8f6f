package io.limitledger.holder;

import io.limitledger.timer.SystemTimer;
import io.limitledger.timer.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Limits whose slots this process acquires. One for a process is enough: all leases are renewed by one thread.
 *
 * <pre>{@code
 * try (Limits limits = Limits.overHttp(URI.create("http://127.0.0.1:8080"))) {
 *     try (Lease lease = limits.acquire("database").slots(2).waitingUpTo(Duration.ofSeconds(30))) {
 *         lease.onLost(reason -> stopWork());
 *         work();
 *     }
 *     limits.spend("calls").waitingUpTo(Duration.ofSeconds(5));
 * }
 * }</pre>
 */
public final class Limits implements AutoCloseable {
    /** How long slots stay taken when their holder dies, unless it says otherwise. */
    static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Transport transport;
    private final Timer timer;
    private final Runnable closeTimer;
    private final Releaser releaser;
    private final Set<PendingAcquire> pending = ConcurrentHashMap.newKeySet();
    private final Map<UUID, KeptLease> held = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Limits(Transport transport, Timer timer, Runnable closeTimer) {
        this.transport = transport;
        this.timer = timer;
        this.closeTimer = closeTimer;
        this.releaser = new Releaser(transport, timer);
        transport.onLost(this::lose);
    }

    /**
     * Asks a gateway, at an address such as {@code http://127.0.0.1:8080}; {@code http://user:password@host} has the
     * credentials sent with each request. Nothing is sent before something is asked.
     */
    public static Limits overHttp(URI gateway) {
        return overHttp(GatewayAddress.of(gateway));
    }

    /** The same at an address that was read before. */
    public static Limits overHttp(GatewayAddress gateway) {
        return overHttp(Gateway.at(gateway));
    }

    /** Asks a gateway with a token, over TLS, through a proxy: see {@link Gateway}. Nothing is sent before something is asked. */
    public static Limits overHttp(Gateway gateway) {
        return over(timer -> new HttpTransport(gateway, timer));
    }

    /**
     * Asks the ledger through Kafka. Returns when answers can be received.
     *
     * @param clientProperties how to reach Kafka: {@code bootstrap.servers}, and whatever else a client needs
     * @throws LedgerUnreachableException if Kafka does not answer, or has no ledger
     * @throws IllegalStateException if {@code org.apache.kafka:kafka-clients} is not on the class path
     */
    public static Limits overKafka(Map<String, ?> clientProperties) {
        requireKafka();
        return over(timer -> KafkaTransport.connect(clientProperties, timer));
    }

    /** Kafka's client is an optional dependency, since nothing else needs it. */
    private static void requireKafka() {
        try {
            Class.forName("org.apache.kafka.clients.producer.Producer", false, Limits.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Limits.overKafka needs org.apache.kafka:kafka-clients, which is not on the class path:"
                            + " add it as a dependency, or use Limits.overHttp",
                    e);
        }
    }

    private static Limits over(Function<Timer, Transport> transport) {
        SystemTimer timer = new SystemTimer("limits-leases");
        try {
            return new Limits(transport.apply(timer), timer, timer::close);
        } catch (RuntimeException e) {
            timer.close();
            throw e;
        }
    }

    /** Slots to be held, of one limit or of several at once, all or nothing. See {@link Acquire}. */
    public Acquire acquire(String limit, String... others) {
        List<String> limits = Stream.concat(Stream.of(limit), Stream.of(others)).toList();
        return new Acquire(this, AcquireRequest.of(limits, DEFAULT_LEASE.toMillis()));
    }

    /** Slots of a rate limit, to be used up. See {@link Spend}. */
    public Spend spend(String limit) {
        return new Spend(this, AcquireRequest.of(List.of(limit), 0));
    }

    Lease acquire(AcquireRequest request) throws InterruptedException {
        PendingAcquire.Grant grant = await(request);
        KeptLease lease = new KeptLease(request, grant, transport, timer, releaser, ended -> held.remove(ended.id()));
        held.put(lease.id(), lease);
        lease.keep();
        return lease;
    }

    private void lose(UUID leaseId, String reason) {
        KeptLease lease = held.get(leaseId);
        if (lease != null) {
            lease.lose(reason);
        }
    }

    void spend(AcquireRequest request) throws InterruptedException {
        await(request);
    }

    Check check(AcquireRequest request) throws InterruptedException {
        if (closed) {
            throw closed();
        }
        try {
            return check(transport.check(request).get());
        } catch (ExecutionException e) {
            throw PendingAcquire.unreachable(request, e.getCause());
        }
    }

    private static Check check(TransportOutcome outcome) {
        if (outcome instanceof TransportOutcome.NotFree notFree) {
            return new Check(false, notFree.retryAfter(), notFree.reason());
        }
        if (outcome instanceof TransportOutcome.Refused refused) {
            throw new AcquireRefusedException(refused.message());
        }
        if (outcome instanceof TransportOutcome.NoAccess noAccess) {
            throw new AccessRefusedException(noAccess.message());
        }
        return new Check(true, Duration.ZERO, null);
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("Expected limits that are open, but they are closed");
    }

    private PendingAcquire.Grant await(AcquireRequest request) throws InterruptedException {
        PendingAcquire acquire = new PendingAcquire(request, transport, timer, releaser);
        pending.add(acquire);
        try {
            if (closed) {
                throw closed();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted before anything was asked");
            }
            return acquire.start().get();
        } catch (InterruptedException e) {
            acquire.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            pending.remove(acquire);
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException expected) {
            // It was made by whichever thread heard of it; its reader wants to know who asked.
            expected.fillInStackTrace();
            return expected;
        }
        return new IllegalStateException(e.getCause());
    }

    /** Releases all that is held, cancels what is under way, and waits a moment until that is confirmed. */
    @Override
    public void close() {
        close(CLOSE_PATIENCE);
    }

    /**
     * The same with another patience, for a process that ends afterwards: what is not confirmed by then stays taken until
     * the lease ends.
     */
    public void close(Duration patience) {
        closed = true;
        pending.forEach(acquire ->
                acquire.giveUp(new IllegalStateException("Expected to wait for slots, but the limits were closed")));
        held.values().forEach(lease -> {
            CompletableFuture<Void> unused = lease.release();
        });
        awaitReleases(patience);
        closeTimer.run();
        transport.close();
    }

    private void awaitReleases(Duration patience) {
        try {
            CompletableFuture<Void> all = releaser.all();
            all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What is still held ends by itself.
        }
    }
}
