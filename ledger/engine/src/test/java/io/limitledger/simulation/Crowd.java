package io.limitledger.simulation;

import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomCommands;
import io.limitledger.core.state.Asker;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Those who put whatever they like into the log: acquires under a few ids that they share, renewals, releases and cancels
 * at any time, edits; and now and then they end what somebody else holds or waits for.
 */
final class Crowd {
    private static final int LONGEST_PAUSE_MILLIS = 700;
    private static final int MEDDLES_ONE_IN = 15;
    private static final int PROCESSES = 3;

    private final Cluster cluster;
    private final Random random;
    private final Producer producer;
    private final List<RandomCommands> kinds;
    private boolean isHome;
    private long asked;

    Crowd(Cluster cluster) {
        this.cluster = cluster;
        this.random = cluster.random;
        this.producer = new Producer(cluster, cluster.timer, random, true);
        this.kinds = List.of(
                new RandomCommands(random, Mix.ONE_CONCURRENCY_LIMIT.on(List.of(Simulation.CONCURRENCY))),
                new RandomCommands(random, Mix.ONE_RATE_LIMIT.on(List.of(Simulation.RATE))),
                new RandomCommands(random, Mix.EVERYTHING.on(Simulation.MIXED)));
    }

    void start() {
        append(kinds.get(0).put(Simulation.CONCURRENCY));
        append(kinds.get(1).put(Simulation.RATE));
        Simulation.MIXED.stream().limit(2).forEach(limit -> append(kinds.get(2).put(limit)));
        goOn();
    }

    private void append(LimitCommand command) {
        cluster.partition(partition(command)).append(command, null);
    }

    private void goOn() {
        cluster.timer.in(random.nextInt(LONGEST_PAUSE_MILLIS), this::act);
    }

    private void act() {
        if (isHome) {
            return;
        }
        LimitCommand command = random.nextInt(MEDDLES_ONE_IN) == 0
                ? meddling()
                : kinds.get(random.nextInt(kinds.size())).next();
        producer.send(command, partition(command), asker());
        goOn();
    }

    private int partition(LimitCommand command) {
        return command.limit() == null
                ? random.nextInt(Cluster.PARTITIONS)
                : LeaseIds.partition(command.limit(), Cluster.PARTITIONS);
    }

    private @Nullable Asker asker() {
        return random.nextInt(4) == 0
                ? null
                : new Asker("limits.replies", 0, "crowd " + random.nextInt(PROCESSES), Long.toString(++asked));
    }

    private LimitCommand meddling() {
        List<Page> pages = List.copyOf(cluster.partition(random.nextInt(Cluster.PARTITIONS))
                .referee()
                .book()
                .pages()
                .values());
        List<UUID> ids = new ArrayList<>();
        pages.forEach(page -> ids.addAll(page.held.keySet()));
        pages.forEach(page -> ids.addAll(page.line.keySet()));
        if (ids.isEmpty()) {
            return kinds.get(0).next();
        }
        UUID leaseId = ids.get(random.nextInt(ids.size()));
        return random.nextBoolean() ? new ReleaseLease(null, leaseId) : new CancelAcquire(null, leaseId);
    }

    void goHome() {
        isHome = true;
    }
}
