package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.timer.Timer;
import io.limitledger.wire.ReplyRecord;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that may die at any answer. What it has sent by then may still arrive; it sees no more answers, sends nothing,
 * and none of its timers goes off.
 */
public final class MortalGateway extends AskingDecorator implements Timer {
    private final Timer timer;
    private final Random random;
    private final double deathsPerAnswer;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private final Leases limits;

    public MortalGateway(Asking ledger, KnownLeases known, Timer timer, Random random, double deathsPerAnswer) {
        super(ledger);
        this.timer = timer;
        this.random = random;
        this.deathsPerAnswer = deathsPerAnswer;
        this.limits = new Leases(this, known, this);
    }

    public Leases limits() {
        return limits;
    }

    /** Completes when it dies. */
    public CompletableFuture<Void> death() {
        return death;
    }

    public boolean isDead() {
        return death.isDone();
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        CompletableFuture<ReplyRecord> answer = new CompletableFuture<>();
        if (!isDead()) {
            CompletableFuture<ReplyRecord> unused =
                    ledger.send(command, partition, by).whenComplete((reply, failure) -> pass(reply, failure, answer));
        }
        return answer;
    }

    private void pass(ReplyRecord reply, Throwable failure, CompletableFuture<ReplyRecord> answer) {
        if (random.nextDouble() < deathsPerAnswer) {
            death.complete(null);
        }
        if (!isDead() && failure == null) {
            answer.complete(reply);
        } else if (!isDead()) {
            answer.completeExceptionally(failure);
        }
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
