package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Moment;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Injects faults: kills and pauses processes at random, restarts what it killed, and waits each time until all
 * processes are healthy.
 */
final class FaultInjector {
    /** The kills of one round; each kind is as frequent as here. */
    private static final List<Fault> KILLS = List.of(
            Fault.KILL_LEDGER,
            Fault.KILL_LEDGER,
            Fault.KILL_LEDGER,
            Fault.KILL_GATEWAY,
            Fault.KILL_GATEWAY,
            Fault.KILL_BROKER,
            Fault.KILL_BROKER,
            Fault.KILL_ALL);

    private static final double PAUSES_PER_KILL = 0.4;
    private static final int LONGEST_PAUSE_SECONDS = 8;
    private static final int LONGEST_ABSENCE_MILLIS = 6_000;

    private final Cluster cluster;
    private final Load load;
    private final Random random;
    private final PrintStream out;
    private final List<InjectedFault> injected = new ArrayList<>();
    private final List<Fault> remaining = new ArrayList<>();

    FaultInjector(Cluster cluster, Load load, long seed, PrintStream out) {
        this.cluster = cluster;
        this.load = load;
        this.random = new Random(seed);
        this.out = out;
    }

    /** Spreads kills over a time, or a longer one if the system takes longer to recover. */
    List<InjectedFault> inject(int kills, double minutes) throws Exception {
        Moment start = Moment.now();
        for (int kill = 1; kill <= kills; kill++) {
            if (random.nextDouble() < PAUSES_PER_KILL) {
                inject(Fault.PAUSE);
            }
            inject(nextKill());
            waitUntil(start, minutes * 60 * kill / kills);
        }
        return injected;
    }

    private Fault nextKill() {
        if (remaining.isEmpty()) {
            remaining.addAll(KILLS);
            Collections.shuffle(remaining, random);
        }
        return remaining.remove(remaining.size() - 1);
    }

    private void inject(Fault fault) throws Exception {
        List<Node> hit = victims(fault);
        log(fault + " " + hit);
        Moment begun = Moment.now();
        if (fault == Fault.PAUSE) {
            pause(hit.get(0));
        } else {
            kill(hit);
        }
        cluster.awaitHealthy();
        load.awaitAnswers();
        InjectedFault done = new InjectedFault(fault, hit, begun, Moment.now());
        injected.add(done);
        log("all processes healthy after %.1f s".formatted(done.healthy().secondsSince(begun)));
    }

    private List<Node> victims(Fault fault) {
        return switch (fault) {
            case KILL_LEDGER -> List.of(any(cluster.ledgers()));
            case KILL_GATEWAY -> List.of(any(cluster.gateways()));
            case KILL_BROKER -> List.of(any(cluster.brokers()));
            case KILL_ALL -> cluster.nodes();
            case PAUSE -> List.of(any(cluster.nodes()));
        };
    }

    private Node any(List<Node> nodes) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void pause(Node node) throws Exception {
        node.pause();
        try {
            waitFor(1_000L * (1 + random.nextInt(LONGEST_PAUSE_SECONDS)));
        } finally {
            node.resume();
        }
        log("resumed: " + node);
    }

    /** Kills processes and restarts them, some at once, some after a while. */
    private void kill(List<Node> nodes) throws Exception {
        for (Node node : nodes) {
            node.kill();
        }
        waitFor(Math.max(0, random.nextInt(2 * LONGEST_ABSENCE_MILLIS) - LONGEST_ABSENCE_MILLIS));
        for (Node node : nodes) {
            node.start();
        }
        log("restarted: " + nodes);
    }

    private static void waitUntil(Moment start, double seconds) throws InterruptedException {
        waitFor((long) (1_000 * (seconds - Moment.now().secondsSince(start))));
    }

    /** Lets time pass; what the system does meanwhile is under test. */
    private static void waitFor(long millis) throws InterruptedException {
        var unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private void log(String what) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }
}
