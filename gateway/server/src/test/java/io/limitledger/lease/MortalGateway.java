package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.http.InMemoryLedger;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway in a simulation: its commands and their answers take time, and it may die whenever an answer comes. What it
 * sent last may still arrive then; it hears and does nothing more.
 */
// Outcomes come later, and are looked at then.
@SuppressWarnings("FutureReturnValueIgnored")
final class MortalGateway implements Asking, Timer {
    private static final int LONGEST_TRIP_MILLIS = 40;

    private final InMemoryLedger ledger;
    private final VirtualTimer network;
    private final Random random;
    private final double deathsPerAnswer;
    private final long[] lastArrivals;
    private boolean isDead;

    MortalGateway(InMemoryLedger ledger, VirtualTimer network, Random random, double deathsPerAnswer) {
        this.ledger = ledger;
        this.network = network;
        this.random = random;
        this.deathsPerAnswer = deathsPerAnswer;
        this.lastArrivals = new long[ledger.partitions()];
    }

    boolean isDead() {
        return isDead;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
        CompletableFuture<ReplyRecord> heard = new CompletableFuture<>();
        network.in(inOrder(partition), () -> {
            boolean isLost = isDead && random.nextBoolean();
            if (!isLost) {
                ledger.send(command, partition).thenAccept(answer -> network.in(trip(), () -> hear(heard, answer)));
            }
        });
        return heard;
    }

    /** Commands to the same partition do not overtake each other. */
    private long inOrder(int partition) {
        long arrival = Math.max(lastArrivals[partition], network.nowMillis() + trip());
        lastArrivals[partition] = arrival;
        return arrival - network.nowMillis();
    }

    private long trip() {
        return 1L + random.nextInt(LONGEST_TRIP_MILLIS);
    }

    private void hear(CompletableFuture<ReplyRecord> heard, ReplyRecord answer) {
        isDead |= random.nextDouble() < deathsPerAnswer;
        if (!isDead) {
            heard.complete(answer);
        }
    }

    @Override
    public int partitions() {
        return ledger.partitions();
    }

    @Override
    public long nowMillis() {
        return network.nowMillis();
    }

    @Override
    public Runnable in(long millis, Runnable work) {
        return network.in(millis, () -> {
            if (!isDead) {
                work.run();
            }
        });
    }
}
