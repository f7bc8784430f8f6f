package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A recorder of calls: it asks, and records question, answer and times. */
final class Recorder {
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    /**
     * Asks and waits for the answer.
     *
     * @param timeoutMillis after which the outcome counts as unknown
     */
    Call ask(String client, Way way, Question question, long timeoutMillis) throws InterruptedException {
        Moment start = Moment.now();
        Answer answer = answer(way.ask(question), timeoutMillis);
        return note(new Call(client, way.name(), question, start, Moment.now(), answer));
    }

    private static Answer answer(CompletableFuture<Answer> asked, long timeoutMillis) throws InterruptedException {
        try {
            return asked.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            return Answer.of(Result.UNKNOWN, String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return Answer.of(Result.UNKNOWN, "no answer within " + timeoutMillis + " ms");
        }
    }

    Call note(Call call) {
        calls.add(call);
        return call;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }
}
