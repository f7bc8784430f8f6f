package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A probe that repeatedly requires an answer of the whole ledger through one gateway, and records how long each takes.
 * It releases an unknown lease id, which asks every partition and changes nothing.
 */
final class Probe implements Runnable {
    private static final long PAUSE_MILLIS = 200;
    private static final long ANSWER_TIMEOUT_MILLIS = 5_000;

    private final Way way;
    private final CountDownLatch stop;
    private final Queue<Silence> silences = new ConcurrentLinkedQueue<>();
    private volatile Moment answered = Moment.now();

    /** The time from a question to its answer, including all repetitions. */
    private record Silence(Moment from, Moment to) {
        /** The part of the silence that is within a period, in seconds. */
        double secondsWithin(Moment begin, Moment end) {
            Moment last = to.nanos() < end.nanos() ? to : end;
            return last.secondsSince(from.nanos() < begin.nanos() ? begin : from);
        }
    }

    Probe(Way way, CountDownLatch stop) {
        this.way = way;
        this.stop = stop;
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                Question question =
                        Question.acquire("", UUID.randomUUID(), 1, 0, 0).then(Kind.RELEASE);
                Moment from = Moment.now();
                while (!isAnswered(question) && stop.getCount() > 0) {
                    var unused = stop.await(PAUSE_MILLIS / 4, TimeUnit.MILLISECONDS);
                }
                answered = Moment.now();
                silences.add(new Silence(from, answered));
                var unused = stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnswered(Question question) throws InterruptedException {
        var asked = way.ask(question);
        try {
            Answer answer = asked.get(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return answer.result() == Result.RELEASED;
        } catch (ExecutionException | TimeoutException e) {
            asked.cancel(true);
            return false;
        }
    }

    String name() {
        return way.name();
    }

    boolean isAnsweredSince(Moment moment) {
        return answered.nanos() > moment.nanos();
    }

    /** The longest silence within a period, in seconds. */
    double longestSeconds(Moment from, Moment to) {
        return List.copyOf(silences).stream()
                .filter(silence ->
                        silence.to().nanos() >= from.nanos() && silence.from().nanos() <= to.nanos())
                .mapToDouble(silence -> silence.secondsWithin(from, to))
                .max()
                .orElse(0);
    }
}
