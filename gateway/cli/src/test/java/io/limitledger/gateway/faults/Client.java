package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.Question;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that acquires slots repeatedly until the load stops. */
abstract class Client implements Runnable {
    /** Milliseconds; longer than a gateway waits for an answer of the ledger. */
    private static final long ANSWER_TIMEOUT_MILLIS = 12_000;

    private static final long BETWEEN_TRIES_MILLIS = 200;

    private final String name;
    private final Recorder recorder;
    private final CountDownLatch stop;
    private final Random random;

    Client(String name, Recorder recorder, CountDownLatch stop, Random random) {
        this.name = name;
        this.recorder = recorder;
        this.stop = stop;
        this.random = random;
    }

    @Override
    public final void run() {
        try {
            while (!isStopped()) {
                useOnce();
            }
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Acquires, uses and releases slots once. */
    abstract void useOnce() throws InterruptedException;

    /** Called when the load stops. */
    void end() {}

    final Call ask(Way way, Question question) throws InterruptedException {
        return recorder.ask(name, way, question, question.waitMillis() + ANSWER_TIMEOUT_MILLIS);
    }

    /** Asks with a short timeout, like a client that dies or hangs up before its answer has come. */
    final Call askWithTimeout(Way way, Question question, long timeoutMillis) throws InterruptedException {
        return recorder.ask(name, way, question, timeoutMillis);
    }

    /** Asks through random ways, with the same id, until an answer comes or the tries are used up. */
    final Call askUntilAnswered(List<Way> ways, Question question, int tries) throws InterruptedException {
        Call call = ask(any(ways), question);
        for (int tried = 1; tried < tries && call.answer().result() == Result.UNKNOWN; tried++) {
            pause(BETWEEN_TRIES_MILLIS);
            call = ask(any(ways), question);
        }
        return call;
    }

    final void note(Call call) {
        recorder.note(call);
    }

    /** Pauses for a time, or until the load stops. */
    final void pause(long millis) throws InterruptedException {
        var unused = stop.await(millis, TimeUnit.MILLISECONDS);
    }

    final boolean isStopped() {
        return stop.getCount() == 0;
    }

    final boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    final <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A random number from 1 to a maximum. */
    final int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    final String name() {
        return name;
    }
}
