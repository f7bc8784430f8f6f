package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Call;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.gateway.faults.proof.Question.Kind;
import io.limitledger.holder.AcquireException;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A client that holds slots with the Java client, which renews and releases by itself, and checks frequently whether it
 * still holds them.
 */
final class LimitsClient extends Client {
    private static final List<Integer> LEASE_MILLIS = List.of(3_000, 6_000, 12_000);
    private static final int LOOK_MILLIS = 250;
    private static final int MOST_LOOKS = 40;

    private final LoadLimits load;
    private final String way;
    private final Limits limits;

    /** @param limits closed when the load stops */
    LimitsClient(
            String name,
            LoadLimits load,
            String way,
            Limits limits,
            Recorder recorder,
            CountDownLatch stop,
            Random random) {
        super(name, recorder, stop, random);
        this.load = load;
        this.way = way;
        this.limits = limits;
    }

    @Override
    void useOnce() throws InterruptedException {
        String limit = any(load.slots());
        Question acquire = Question.acquire(limit, null, 1, any(LEASE_MILLIS), 5_000);
        Moment start = Moment.now();
        try {
            Lease lease = limits.acquire(limit)
                    .leasedFor(Duration.ofMillis(acquire.leaseMillis()))
                    .waitingUpTo(Duration.ofMillis(acquire.waitMillis()));
            Question of = Question.acquire(limit, lease.id(), 1, acquire.leaseMillis(), acquire.waitMillis());
            note(of, start, Result.GRANTED, "a kept lease");
            hold(lease, of);
        } catch (AcquireException e) {
            note(acquire, start, Result.UNKNOWN, e.getMessage());
            pause(LOOK_MILLIS);
        }
    }

    private void hold(Lease lease, Question acquire) throws InterruptedException {
        UUID leaseId = lease.id();
        for (int looks = upTo(MOST_LOOKS); looks > 0 && !isStopped(); looks--) {
            Moment start = Moment.now();
            if (!lease.isHeld()) {
                break;
            }
            note(acquire.then(Kind.LOOK), start, Result.HELD, "held " + leaseId);
            pause(LOOK_MILLIS);
        }
        Moment start = Moment.now();
        lease.close();
        note(acquire.then(Kind.RELEASE), start, Result.UNKNOWN, "closed");
    }

    private void note(Question asked, Moment start, Result result, @Nullable String text) {
        note(new Call(name(), way, asked, start, Moment.now(), Answer.of(result, String.valueOf(text))));
    }

    @Override
    void end() {
        limits.close();
    }
}
