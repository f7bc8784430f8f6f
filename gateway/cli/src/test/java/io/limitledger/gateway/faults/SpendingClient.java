package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A client that spends slots of the rate limit, at once or after a wait. */
final class SpendingClient extends Client {
    private static final List<Integer> WAIT_MILLIS = List.of(0, 500, 2_000);
    private static final int MOST_SLOTS = 3;
    private static final int TRIES = 3;

    private final String limit;
    private final List<Way> ways;

    SpendingClient(String name, String limit, List<Way> ways, Recorder recorder, CountDownLatch stop, Random random) {
        super(name, recorder, stop, random);
        this.limit = limit;
        this.ways = ways;
    }

    @Override
    void useOnce() throws InterruptedException {
        Question acquire = Question.acquire(limit, LeaseIds.newFor(limit), upTo(MOST_SLOTS), 0, any(WAIT_MILLIS));
        askUntilAnswered(ways, acquire, TRIES);
        pause(upTo(100));
    }
}
