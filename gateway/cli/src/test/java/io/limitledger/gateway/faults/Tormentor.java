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

/** Kills and pauses processes at random, starts again what it killed, and waits each time until all is well. */
final class Tormentor {
    /** In a round of this many kills each kind is as frequent as here. */
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
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Fault> bag = new ArrayList<>();

    Tormentor(Cluster cluster, Load load, long seed, PrintStream out) {
        this.cluster = cluster;
        this.load = load;
        this.random = new Random(seed);
        this.out = out;
    }

    /** Spreads a number of kills over a time, or longer if the system takes longer to recover. */
    List<Deed> torment(int kills, double minutes) throws Exception {
        Moment start = Moment.now();
        for (int kill = 1; kill <= kills; kill++) {
            if (random.nextDouble() < PAUSES_PER_KILL) {
                commit(Fault.PAUSE);
            }
            commit(nextKill());
            waitUntil(start, minutes * 60 * kill / kills);
        }
        return deeds;
    }

    private Fault nextKill() {
        if (bag.isEmpty()) {
            bag.addAll(KILLS);
            Collections.shuffle(bag, random);
        }
        return bag.remove(bag.size() - 1);
    }

    private void commit(Fault fault) throws Exception {
        List<Node> hit = victims(fault);
        say(fault + " " + hit);
        Moment begun = Moment.now();
        if (fault == Fault.PAUSE) {
            pause(hit.get(0));
        } else {
            kill(hit);
        }
        cluster.awaitHealthy();
        load.awaitAnswers();
        Deed deed = new Deed(fault, hit, begun, Moment.now());
        deeds.add(deed);
        say("all is well after %.1f s".formatted(deed.healthy().secondsSince(begun)));
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
        say("goes on: " + node);
    }

    /** Some are started again at once, and some are missing for a while. */
    private void kill(List<Node> nodes) throws Exception {
        for (Node node : nodes) {
            node.kill();
        }
        waitFor(Math.max(0, random.nextInt(2 * LONGEST_ABSENCE_MILLIS) - LONGEST_ABSENCE_MILLIS));
        for (Node node : nodes) {
            node.start();
        }
        say("started again: " + nodes);
    }

    private static void waitUntil(Moment start, double seconds) throws InterruptedException {
        waitFor((long) (1_000 * (seconds - Moment.now().secondsSince(start))));
    }

    /** What the system does meanwhile is what it is all about. */
    private static void waitFor(long millis) throws InterruptedException {
        var unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private void say(String what) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + what);
    }
}
