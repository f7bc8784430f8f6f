package io.limitledger.simulation;

import io.limitledger.core.command.DeleteLimit;
import io.limitledger.holder.SimulatedGateway;
import io.limitledger.holder.SimulatedHolder;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One run, fully determined by its seed. Many clients, some behind gateways, use the ledger while messages are lost,
 * processes die, instances of the ledger come and go, and clocks disagree. Then the faults stop, and everything that
 * was begun must end.
 */
final class Simulation {
    /** A limit without decay, used only in ways that the naive model covers. */
    static final String CONCURRENCY = "slots";

    /** A limit with decay and without leases, used only in ways that the naive model covers. */
    static final String RATE = "calls";

    /** Limits with any definition, which are also renamed to one another. */
    static final List<String> MIXED = List.of("one", "two", "three");

    /** Limits with quotas, keys, orders and settlements, which are also renamed to one another. */
    static final List<String> EXTENDED = List.of("tokens", "customers", "teams");

    private static final long FAULTS_MILLIS = 40_000;

    /** Milliseconds: the longest wait, the longest lease after it, and half a minute for the last tick. */
    private static final long RECOVERY_MILLIS = 150_000;

    private static final long CHECK_MILLIS = 1_000;
    private static final int DIRECT_WORKERS = 2;
    private static final int WORKERS_PER_GATEWAY = 2;
    private static final int GATEWAYS = 2;
    private static final int LARGEST_CLOCK_OFFSET_MILLIS = 100_000;
    private static final int CLOCK_STEP_EVERY_MILLIS = 15_000;

    private final Random random;
    private final Cluster cluster;
    private final RandomClients randomClients;
    private long processes;
    private long ids;

    Simulation(long seed, Parts parts, List<Invariant> invariants) {
        this.random = new Random(seed);
        this.cluster = new Cluster(random, FaultRates.of(random), parts, invariants);
        this.randomClients = new RandomClients(cluster);
        invariants.forEach(invariant -> invariant.watch(cluster));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Runs until the end; throws a {@link Violation} if an invariant does not hold. */
    void run() {
        begin();
        runFor(FAULTS_MILLIS);
        stopFaults();
        runFor(RECOVERY_MILLIS);
        deleteAll();
        cluster.check(Invariant::atTheEnd);
    }

    private void begin() {
        randomClients.start();
        for (int worker = 0; worker < DIRECT_WORKERS; worker++) {
            startWorker();
        }
        for (int gateway = 0; gateway < GATEWAYS; gateway++) {
            new Gateway().open();
        }
        startFaults();
        check();
    }

    private void runFor(long millis) {
        long until = cluster.timer.nowMillis() + millis;
        while (cluster.timer.step(until)) {
            cluster.requireNoViolation();
        }
    }

    /** Runs the periodic check of all invariants once a second. */
    private void check() {
        cluster.check(Invariant::onTime);
        cluster.timer.in(CHECK_MILLIS, this::check);
    }

    private void startFaults() {
        FaultRates rates = cluster.network.faultRates();
        every(rates.crashEveryMillis(), () -> {
            Partition partition = cluster.partition(random.nextInt(Cluster.PARTITIONS));
            if (random.nextBoolean()) {
                partition.crash();
            } else {
                partition.rebalance();
            }
        });
        every(cluster.clock.isSteady() ? 0 : CLOCK_STEP_EVERY_MILLIS, cluster.clock::step);
    }

    /**
     * Repeats a fault at random intervals until faults stop.
     *
     * @param millis average interval; 0 for never
     */
    private void every(int millis, Runnable fault) {
        if (millis > 0) {
            cluster.timer.in(random.nextInt(2 * millis), () -> {
                if (cluster.timer.nowMillis() < FAULTS_MILLIS) {
                    fault.run();
                    every(millis, fault);
                }
            });
        }
    }

    private void stopFaults() {
        cluster.network.setFaultRates(cluster.network.faultRates().stopped());
        randomClients.stop();
        cluster.workers().forEach(Worker::stop);
    }

    private void deleteAll() {
        Stream.of(List.of(CONCURRENCY, RATE), MIXED, EXTENDED)
                .flatMap(List::stream)
                .forEach(limit -> cluster.partition(LeaseIds.partition(limit, Cluster.PARTITIONS))
                        .append(new DeleteLimit(limit), null, null));
    }

    private Host host() {
        return new Host(cluster.timer, random.nextInt(LARGEST_CLOCK_OFFSET_MILLIS));
    }

    private void startWorker() {
        Host host = host();
        startWorker(
                host,
                SimulatedHolder.overKafka(
                        Client.of("process " + ++processes, host, cluster), host, this::nextId, watcher()),
                this::startWorker);
    }

    private void startWorker(Host host, SimulatedHolder holder, Runnable successor) {
        Worker worker = new Worker(host, random, holder);
        cluster.workers().add(worker);
        host.whenDead(() -> cluster.workers().remove(worker));
        worker.start();
        scheduleDeath(host, successor);
    }

    private void scheduleDeath(Host host, Runnable successor) {
        int millis = cluster.network.faultRates().deathEveryMillis();
        if (millis > 0) {
            cluster.timer.in(random.nextInt(2 * millis), () -> {
                if (cluster.timer.nowMillis() < FAULTS_MILLIS) {
                    host.die();
                    successor.run();
                }
            });
        }
    }

    private long nextId() {
        return ++ids;
    }

    private SimulatedHolder.Watcher watcher() {
        return new SimulatedHolder.Watcher() {
            @Override
            public void begun(UUID leaseId, boolean isHeld) {
                cluster.check(invariant -> invariant.onBegun(leaseId, isHeld));
            }

            @Override
            public void deniedOrRefused(UUID leaseId) {
                cluster.check(invariant -> invariant.onDeniedOrRefused(leaseId));
            }

            @Override
            public void released(UUID leaseId) {
                cluster.check(invariant -> invariant.onReleased(leaseId));
            }
        };
    }

    /** A gateway address that a succession of gateway processes serves, and the workers that use it. */
    private final class Gateway {
        private SimulatedGateway gateway;

        void open() {
            start();
            for (int worker = 0; worker < WORKERS_PER_GATEWAY; worker++) {
                startGatewayWorker();
            }
        }

        private void start() {
            Host host = host();
            SimulatedGateway life = new SimulatedGateway(Client.of("gateway " + ++processes, host, cluster), host);
            gateway = life;
            host.whenDead(life::die);
            scheduleDeath(host, this::start);
        }

        private void startGatewayWorker() {
            Host host = host();
            String principal = "token:worker-" + ++processes;
            LongSupplier wayMillis = cluster.network::wayMillis;
            startWorker(
                    host,
                    SimulatedHolder.overGateway(
                            () -> gateway, principal, wayMillis, host, Simulation.this::nextId, watcher()),
                    this::startGatewayWorker);
        }
    }
}
