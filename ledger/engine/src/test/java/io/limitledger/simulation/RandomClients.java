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
 * Clients that append random commands: acquires under a few shared ids, renewals, releases and cancels at any time, and
 * edits. Now and then they end a lease or a wait of another client. Some say which principal asks: the administrator may do
 * anything, and the others may renew and end what they own.
 */
final class RandomClients {
    private static final int LONGEST_PAUSE_MILLIS = 700;
    private static final int ENDS_ANOTHERS_ONE_IN = 15;
    private static final int PROCESSES = 3;
    private static final int PRINCIPALS = 2;
    private static final int UNNAMED_ONE_IN = 4;
    private static final int ADMINISTERED_ONE_IN = 6;

    private final Cluster cluster;
    private final Random random;
    private final Producer producer;
    private final List<RandomCommands> kinds;
    private boolean isStopped;
    private long asked;

    RandomClients(Cluster cluster) {
        this.cluster = cluster;
        this.random = cluster.random;
        this.producer = new Producer(cluster, cluster.timer, random, true);
        this.kinds = List.of(
                new RandomCommands(random, Mix.ONE_CONCURRENCY_LIMIT.on(List.of(Simulation.CONCURRENCY))),
                new RandomCommands(random, Mix.ONE_RATE_LIMIT.on(List.of(Simulation.RATE))),
                new RandomCommands(random, Mix.EVERYTHING.on(Simulation.MIXED)),
                new RandomCommands(random, Mix.EVERYTHING.modelled().named().on(Simulation.EXTENDED)));
    }

    void start() {
        append(kinds.get(0).put(Simulation.CONCURRENCY));
        append(kinds.get(1).put(Simulation.RATE));
        Simulation.MIXED.stream().limit(2).forEach(limit -> append(kinds.get(2).put(limit)));
        Simulation.EXTENDED.stream()
                .limit(2)
                .forEach(limit -> append(kinds.get(3).put(limit)));
        scheduleNext();
    }

    private void append(LimitCommand command) {
        cluster.partition(partition(command)).append(command, null, null);
    }

    private void scheduleNext() {
        cluster.timer.in(random.nextInt(LONGEST_PAUSE_MILLIS), this::act);
    }

    private void act() {
        if (isStopped) {
            return;
        }
        LimitCommand command = random.nextInt(ENDS_ANOTHERS_ONE_IN) == 0
                ? endOfAnotherClientsLease()
                : kinds.get(random.nextInt(kinds.size())).next();
        send(command);
        scheduleNext();
    }

    private void send(LimitCommand command) {
        if (random.nextInt(UNNAMED_ONE_IN) == 0) {
            producer.send(command, partition(command), asker(), null);
        } else if (random.nextInt(ADMINISTERED_ONE_IN) == 0) {
            producer.send(command, partition(command), asker(), OnlyOwnersEndLeases.ADMINISTRATOR);
        } else {
            String principal = "token:crowd-" + random.nextInt(PRINCIPALS);
            producer.send(command.ifOwnedBy(principal), partition(command), asker(), principal);
        }
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

    private LimitCommand endOfAnotherClientsLease() {
        List<Page> pages = List.copyOf(cluster.partition(random.nextInt(Cluster.PARTITIONS))
                .referee()
                .book()
                .pages()
                .values());
        List<UUID> ids = new ArrayList<>();
        pages.forEach(page -> ids.addAll(page.held.keySet()));
        pages.forEach(page -> ids.addAll(page.queue.keySet()));
        if (ids.isEmpty()) {
            return kinds.get(0).next();
        }
        UUID leaseId = ids.get(random.nextInt(ids.size()));
        return random.nextBoolean() ? new ReleaseLease(null, leaseId) : new CancelAcquire(null, leaseId);
    }

    void stop() {
        isStopped = true;
    }
}
