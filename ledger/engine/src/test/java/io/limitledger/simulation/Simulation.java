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
 * One run, which follows from its seed: many who ask, some of them through gateways, while messages are lost, processes
 * die, instances of the ledger come and go, and clocks disagree. Then all becomes calm, and whatever was begun must end.
 */
final class Simulation {
    /** A limit of which every kind of use is known to the naive model, and so one without decay. */
    static final String CONCURRENCY = "slots";

    /** The same, with decay and without leases. */
    static final String RATE = "calls";

    /** Limits that may become anything, also one another. */
    static final List<String> MIXED = List.of("one", "two", "three");

    private static final long STORM_MILLIS = 40_000;

    /** The longest wait, the longest lease after it, and half a minute until the last tick has come. */
    private static final long CALM_MILLIS = 150_000;

    private static final long LOOK_MILLIS = 1_000;
    private static final int DIRECT_WORKERS = 2;
    private static final int WORKERS_PER_GATEWAY = 2;
    private static final int GATEWAYS = 2;
    private static final int CLOCK_APART_MILLIS = 100_000;
    private static final int JUMP_EVERY_MILLIS = 15_000;

    private final Random random;
    private final Cluster cluster;
    private final Crowd crowd;
    private long processes;
    private long ids;

    Simulation(long seed, Parts parts, List<Invariant> invariants) {
        this.random = new Random(seed);
        this.cluster = new Cluster(random, Weather.of(random), parts, invariants);
        this.crowd = new Crowd(cluster);
        invariants.forEach(invariant -> invariant.watch(cluster));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Throws a {@link Violation} if an invariant does not hold. */
    void run() {
        begin();
        pass(STORM_MILLIS);
        calmDown();
        pass(CALM_MILLIS);
        deleteAll();
        cluster.look(Invariant::atTheEnd);
    }

    private void begin() {
        crowd.start();
        for (int worker = 0; worker < DIRECT_WORKERS; worker++) {
            employ();
        }
        for (int gateway = 0; gateway < GATEWAYS; gateway++) {
            new Gateway().open();
        }
        trouble();
        look();
    }

    private void pass(long millis) {
        long until = cluster.timer.nowMillis() + millis;
        while (cluster.timer.step(until)) {
            cluster.requireNoViolation();
        }
    }

    /** Whoever is there looks whether anything is amiss. */
    private void look() {
        cluster.look(Invariant::onTime);
        cluster.timer.in(LOOK_MILLIS, this::look);
    }

    private void trouble() {
        Weather weather = cluster.network.weather();
        every(weather.crashEveryMillis(), () -> {
            Partition partition = cluster.partition(random.nextInt(Cluster.PARTITIONS));
            if (random.nextBoolean()) {
                partition.crash();
            } else {
                partition.rebalance();
            }
        });
        every(cluster.clock.isSteady() ? 0 : JUMP_EVERY_MILLIS, cluster.clock::step);
    }

    /** Until the storm is over. */
    private void every(int millis, Runnable trouble) {
        if (millis > 0) {
            cluster.timer.in(random.nextInt(2 * millis), () -> {
                if (cluster.timer.nowMillis() < STORM_MILLIS) {
                    trouble.run();
                    every(millis, trouble);
                }
            });
        }
    }

    private void calmDown() {
        cluster.network.become(cluster.network.weather().calmed());
        crowd.goHome();
        cluster.workers().forEach(Worker::goHome);
    }

    private void deleteAll() {
        Stream.concat(Stream.of(CONCURRENCY, RATE), MIXED.stream())
                .forEach(limit -> cluster.partition(LeaseIds.partition(limit, Cluster.PARTITIONS))
                        .append(new DeleteLimit(limit), null));
    }

    private Host host() {
        return new Host(cluster.timer, random.nextInt(CLOCK_APART_MILLIS));
    }

    private void employ() {
        Host host = host();
        employ(
                host,
                SimulatedHolder.overKafka(
                        Client.of("process " + ++processes, host, cluster), host, this::nextId, watcher()),
                this::employ);
    }

    private void employ(Host host, SimulatedHolder holder, Runnable successor) {
        Worker worker = new Worker(host, random, holder);
        cluster.workers().add(worker);
        host.whenDead(() -> cluster.workers().remove(worker));
        worker.start();
        dieSomeDay(host, successor);
    }

    private void dieSomeDay(Host host, Runnable successor) {
        int millis = cluster.network.weather().deathEveryMillis();
        if (millis > 0) {
            cluster.timer.in(random.nextInt(2 * millis), () -> {
                if (cluster.timer.nowMillis() < STORM_MILLIS) {
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
                cluster.look(invariant -> invariant.onBegun(leaseId, isHeld));
            }

            @Override
            public void deniedOrRefused(UUID leaseId) {
                cluster.look(invariant -> invariant.onDeniedOrRefused(leaseId));
            }

            @Override
            public void released(UUID leaseId) {
                cluster.look(invariant -> invariant.onReleased(leaseId));
            }
        };
    }

    /** A place where a gateway is, one after another, and those who go there. */
    private final class Gateway {
        private SimulatedGateway gateway;

        void open() {
            start();
            for (int worker = 0; worker < WORKERS_PER_GATEWAY; worker++) {
                employHere();
            }
        }

        private void start() {
            Host host = host();
            SimulatedGateway life = new SimulatedGateway(Client.of("gateway " + ++processes, host, cluster), host);
            gateway = life;
            host.whenDead(life::die);
            dieSomeDay(host, this::start);
        }

        private void employHere() {
            Host host = host();
            LongSupplier wayMillis = cluster.network::wayMillis;
            employ(
                    host,
                    SimulatedHolder.overGateway(() -> gateway, wayMillis, host, Simulation.this::nextId, watcher()),
                    this::employHere);
        }
    }
}
