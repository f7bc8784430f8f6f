package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.gateway.faults.proof.Question.Kind;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that acquires slots with and without a wait, renews and releases them, each time through a random way.
 * Occasionally it dies between two of these steps, cancels while it waits, or repeats an unanswered request.
 */
final class HoldingClient extends Client {
    private static final List<Integer> LEASE_MILLIS = List.of(2_000, 4_000, 8_000);
    private static final List<Integer> WAIT_MILLIS = List.of(0, 0, 500, 3_000, 8_000);
    private static final int TRIES = 5;

    private final LoadLimits limits;
    private final List<Way> ways;
    private final Recorder recorder;

    HoldingClient(
            String name, LoadLimits limits, List<Way> ways, Recorder recorder, CountDownLatch stop, Random random) {
        super(name, recorder, stop, random);
        this.limits = limits;
        this.ways = ways;
        this.recorder = recorder;
    }

    @Override
    void useOnce() throws InterruptedException {
        Question acquire = acquire();
        CompletableFuture<Void> cancel = acquire.waitMillis() > 0 && happens(0.1) ? cancelLater(acquire) : null;
        boolean diesWaiting = acquire.waitMillis() > 0 && happens(0.05);
        Call call = diesWaiting
                ? askWithTimeout(any(ways), acquire, upTo((int) acquire.waitMillis()))
                : askUntilAnswered(ways, acquire, happens(0.7) ? TRIES : 1);
        if (cancel != null) {
            cancel.join();
        } else if (call.answer().result() == Result.GRANTED) {
            hold(acquire);
        } else if (call.answer().result() == Result.UNKNOWN && !diesWaiting && happens(0.7)) {
            askUntilAnswered(ways, acquire.then(Kind.RELEASE), TRIES);
        }
        pause(upTo(100));
    }

    private Question acquire() {
        String limit = any(limits.slots());
        int size = limits.size(limit);
        int slots = happens(0.7) ? 1 : upTo(size);
        // Most ids contain the partition; for the others, all partitions are asked.
        UUID leaseId = happens(0.1) ? UUID.randomUUID() : LeaseIds.newFor(limit);
        return Question.acquire(limit, leaseId, slots, any(LEASE_MILLIS), any(WAIT_MILLIS));
    }

    private CompletableFuture<Void> cancelLater(Question acquire) {
        Way way = any(ways);
        long afterMillis = upTo((int) acquire.waitMillis());
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        recorder.ask(name(), way, acquire.then(Kind.RELEASE), 12_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS));
    }

    private void hold(Question acquire) throws InterruptedException {
        Question renew = acquire.then(Kind.RENEW);
        int renewals = happens(0.2) ? upTo(4) : 0;
        for (int renewed = 0; renewed < renewals && !isStopped(); renewed++) {
            pause(acquire.leaseMillis() / 3);
            if (ask(any(ways), renew).answer().result() == Result.GONE) {
                return;
            }
        }
        pause(upTo(300));
        boolean dies = happens(0.08);
        if (!dies) {
            askUntilAnswered(ways, acquire.then(Kind.RELEASE), TRIES);
        }
    }
}
