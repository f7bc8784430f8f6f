package io.limitledger.gateway.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Gives the sides their orders, in turns, and makes tables of the medians. */
final class ContestRun {
    private static final int HAND_OVER_THREADS = 8;
    private static final double LEASE_SECONDS = 3;
    private static final int PILING_THREADS = 16;

    /** Two seconds of grants before the kill, and longer after it than either client goes on trying. */
    private static final double PILING_SECONDS = 12;

    private static final long KILL_AFTER_MILLIS = 2_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final List<Side> sides;
    private final List<Integer> threads;
    private final double seconds;
    private final int rounds;

    ContestRun(List<Side> sides, List<Integer> threads, double seconds, int rounds) {
        this.sides = sides;
        this.threads = threads;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    void prepare(double warmUpSeconds) throws IOException {
        int most = threads.stream().mapToInt(Integer::intValue).max().orElse(1);
        for (Side side : sides) {
            side.client().obey("create");
            progress("warming up", side);
            side.client().obey("cycles " + most + " " + warmUpSeconds);
            side.client().obey("spends " + most + " " + warmUpSeconds);
        }
    }

    /** @param what {@code cycles} or {@code spends} */
    String loops(String what) throws IOException {
        Table table = new Table(List.of(
                what,
                "threads",
                "per second",
                "to the first",
                "p50 ms",
                "p99 ms",
                "server us",
                "client us",
                "log bytes"));
        for (int number : threads) {
            Map<Side, Answer> medians = turns(what + " " + number + " " + seconds);
            double first = medians.values().iterator().next().get("perSecond");
            medians.forEach((side, answer) -> table.add(
                    side.name(),
                    String.valueOf(number),
                    format("%.0f", answer.get("perSecond")),
                    format("%.2f", answer.get("perSecond") / first),
                    format("%.2f", answer.get("p50")),
                    format("%.2f", answer.get("p99")),
                    format("%.0f", answer.get("server")),
                    format("%.0f", answer.get("client")),
                    format("%.0f", answer.get("bytes"))));
        }
        return table.text();
    }

    String handOver() throws IOException {
        Table table = new Table(List.of(
                "one slot, " + HAND_OVER_THREADS + " threads",
                "hand-over p50 ms",
                "p99 ms",
                "per second",
                "longest wait s",
                "grants of a thread: least",
                "most"));
        turns("hand-over " + HAND_OVER_THREADS + " " + seconds)
                .forEach((side, answer) -> table.add(
                        side.name(),
                        format("%.2f", answer.get("p50")),
                        format("%.2f", answer.get("p99")),
                        format("%.0f", answer.get("perSecond")),
                        format("%.2f", answer.get("longestWait")),
                        format("%.0f", answer.get("fewest")),
                        format("%.0f", answer.get("most"))));
        return table.text();
    }

    /** Of a holder, and of the server; last, since what is piled up stays. */
    String deaths() throws Exception {
        Table table = new Table(List.of(
                "after kill -9",
                "of the holder: granted after its lease's end, ms",
                "of the server: acknowledged grants",
                "of them lost",
                "longest time without a grant, s"));
        for (Side side : sides) {
            progress("deaths", side);
            List<Answer> answers = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                Answer server = deathOfServer(side, "contest-pile-" + round);
                answers.add(server.with("late", deathOfHolder(side, "contest-late-" + round)));
            }
            Answer median = median(answers);
            table.add(
                    side.name(),
                    format("%.0f", median.get("late")),
                    format("%.0f", median.get("acknowledged")),
                    format("%.0f", median.get("lost")),
                    format("%.1f", median.get("outage")));
        }
        return table.text();
    }

    /** Milliseconds from the end of its lease until a waiter has the slot. */
    private static double deathOfHolder(Side side, String limit) throws Exception {
        side.client().obey("limit " + limit + " 1");
        ClientProcess holder = side.anotherClient();
        // Its first calls are slow, and the lease is counted from the answer.
        holder.obey("cycles 1 0.5");
        holder.obey("acquire " + limit + " " + LEASE_SECONDS);
        long grantedNanos = System.nanoTime();
        holder.kill();
        side.client().obey("acquire " + limit + " 1");
        return (System.nanoTime() - grantedNanos) / NANOS_PER_MILLI - LEASE_SECONDS * MILLIS_PER_SECOND;
    }

    private static Answer deathOfServer(Side side, String limit) throws Exception {
        CompletableFuture<Answer> pile = CompletableFuture.supplyAsync(
                () -> obey(side, "pile " + limit + " " + PILING_THREADS + " " + PILING_SECONDS));
        TimeUnit.MILLISECONDS.sleep(KILL_AFTER_MILLIS);
        side.server().killAndRestart();
        Answer piled = pile.get();
        double held = side.client().obey("held " + limit).get("held");
        return piled.with("lost", Math.max(0, piled.get("acknowledged") - held));
    }

    private static Answer obey(Side side, String order) {
        try {
            return side.client().obey(order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Side, Answer> turns(String order) throws IOException {
        Map<Side, List<Answer>> answers = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Side side : sides) {
                progress(order, side);
                answers.computeIfAbsent(side, unused -> new ArrayList<>()).add(side.measure(order));
            }
        }
        Map<Side, Answer> medians = new LinkedHashMap<>();
        answers.forEach((side, all) -> medians.put(side, median(all)));
        return medians;
    }

    /** Of each figure by itself. */
    static Answer median(List<Answer> answers) {
        Answer median = Answer.none();
        for (String name : answers.get(0).figures().keySet()) {
            double[] sorted = answers.stream()
                    .mapToDouble(answer -> answer.get(name))
                    .sorted()
                    .toArray();
            median = median.with(name, sorted[sorted.length / 2]);
        }
        return median;
    }

    private static String format(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    private static void progress(String what, Side side) {
        System.err.println(what + ": " + side.name());
    }
}
