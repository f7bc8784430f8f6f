package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.gateway.faults.proof.Question.Kind;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A load that acquires and releases at a rate that does not depend on the answers. It never repeats a request, so that
 * the outcome of each request is visible.
 */
final class SteadyLoad implements AutoCloseable {
    private static final long LEASE_MILLIS = 30_000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Timed> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final Phaser underWay = new Phaser(1);
    private final String limit;
    private final List<? extends Way> ways;

    /** @param text status and body of an answer without a lease, or the failure of a request without an answer */
    record Timed(Kind kind, Result result, double seconds, String text) {}

    private SteadyLoad(String limit, List<? extends Way> ways) {
        this.limit = limit;
        this.ways = ways;
    }

    static SteadyLoad start(String limit, List<? extends Way> ways, int perSecond) {
        SteadyLoad load = new SteadyLoad(limit, ways);
        long periodMicros = 2 * 1_000_000L / perSecond;
        var unused = load.clock.scheduleAtFixedRate(load::acquireAndRelease, 0, periodMicros, TimeUnit.MICROSECONDS);
        return load;
    }

    private void acquireAndRelease() {
        Way way = ways.get(number.getAndIncrement() % ways.size());
        Question acquire = Question.acquire(limit, LeaseIds.newFor(limit), 1, LEASE_MILLIS, 0);
        underWay.register();
        var unused = ask(way, acquire)
                .thenCompose(answer -> answer.result() == Result.GRANTED
                        ? ask(way, acquire.then(Kind.RELEASE))
                        : CompletableFuture.completedFuture(answer))
                .whenComplete((answer, failure) -> underWay.arriveAndDeregister());
    }

    private CompletableFuture<Answer> ask(Way way, Question question) {
        Moment asked = Moment.now();
        return way.ask(question)
                .exceptionally(failure -> Answer.of(Result.WRONG, failure.toString()))
                .whenComplete((answer, failure) -> answers.add(
                        new Timed(question.kind(), answer.result(), Moment.now().secondsSince(asked), answer.text())));
    }

    /** Stops the load, and returns all answers after the last has come. */
    List<Timed> stop() {
        clock.shutdownNow();
        underWay.arriveAndAwaitAdvance();
        return List.copyOf(answers);
    }

    /** The number of requests per result, and their response times. */
    static String summary(List<Timed> answers) {
        Map<Result, Long> results =
                answers.stream().collect(Collectors.groupingBy(Timed::result, TreeMap::new, Collectors.counting()));
        List<Double> seconds = answers.stream().map(Timed::seconds).sorted().toList();
        return "%d requests: %s; p50 %.3f s, p99 %.2f s, longest %.2f s"
                .formatted(
                        seconds.size(),
                        results,
                        seconds.get(seconds.size() / 2),
                        seconds.get(seconds.size() * 99 / 100),
                        seconds.get(seconds.size() - 1));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
