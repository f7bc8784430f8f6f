package io.limitledger.gateway.stack;

import io.limitledger.client.Asking;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.lease.Leases;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway that may die whenever an answer comes to it. What it has sent by then arrives; it hears nothing more, sends
 * nothing more, and no timer of its goes off.
 */
final class MortalGateway implements Asking, Timer {
    private final Asking ledger;
    private final Timer timer;
    private final Random random;
    private final double deathsPerAnswer;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private final Leases limits;

    MortalGateway(Asking ledger, LimitsView view, Timer timer, Random random, double deathsPerAnswer) {
        this.ledger = ledger;
        this.timer = timer;
        this.random = random;
        this.deathsPerAnswer = deathsPerAnswer;
        this.limits = new Leases(this, view, this);
    }

    Leases limits() {
        return limits;
    }

    /** Completes when it dies. */
    CompletableFuture<Void> death() {
        return death;
    }

    boolean isDead() {
        return death.isDone();
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
        CompletableFuture<ReplyRecord> heard = new CompletableFuture<>();
        if (!isDead()) {
            CompletableFuture<ReplyRecord> unused =
                    ledger.send(command, partition).whenComplete((answer, failure) -> hear(heard, answer, failure));
        }
        return heard;
    }

    private void hear(CompletableFuture<ReplyRecord> heard, ReplyRecord answer, Throwable failure) {
        if (random.nextDouble() < deathsPerAnswer) {
            death.complete(null);
        }
        if (!isDead() && failure == null) {
            heard.complete(answer);
        } else if (!isDead()) {
            heard.completeExceptionally(failure);
        }
    }

    @Override
    public int partitions() {
        return ledger.partitions();
    }

    @Override
    public long nowMillis() {
        return timer.nowMillis();
    }

    @Override
    public Runnable in(long millis, Runnable work) {
        return timer.in(millis, () -> {
            if (!isDead()) {
                work.run();
            }
        });
    }
}
