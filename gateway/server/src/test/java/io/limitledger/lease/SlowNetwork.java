package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The network of a simulation: commands and their answers take time, and those of a dead sender may get lost. */
final class SlowNetwork extends AskingDecorator {
    private static final int LONGEST_TRIP_MILLIS = 40;

    private final Timer timer;
    private final Random random;
    private final long[] lastArrivals;
    private boolean isSenderDead;

    SlowNetwork(Asking ledger, Timer timer, Random random) {
        super(ledger);
        this.timer = timer;
        this.random = random;
        this.lastArrivals = new long[ledger.partitions()];
    }

    void senderDied() {
        isSenderDead = true;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
        CompletableFuture<ReplyRecord> answer = new CompletableFuture<>();
        Runnable unused = timer.in(inOrder(partition), () -> {
            boolean isLost = isSenderDead && random.nextBoolean();
            if (!isLost) {
                arrive(command, partition, answer);
            }
        });
        return answer;
    }

    private void arrive(LimitCommand command, int partition, CompletableFuture<ReplyRecord> answer) {
        CompletableFuture<Void> unused =
                ledger.send(command, partition).thenAccept(reply -> timer.in(trip(), () -> answer.complete(reply)));
    }

    /** Commands to the same partition do not overtake each other. */
    private long inOrder(int partition) {
        long arrival = Math.max(lastArrivals[partition], timer.nowMillis() + trip());
        lastArrivals[partition] = arrival;
        return arrival - timer.nowMillis();
    }

    private long trip() {
        return 1L + random.nextInt(LONGEST_TRIP_MILLIS);
    }
}
