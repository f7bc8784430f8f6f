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

/** Holds slots with the client for Java, which renews and releases by itself; looks all the time whether it still holds. */
final class KeepingClient extends Client {
    private static final List<Integer> LEASE_MILLIS = List.of(3_000, 6_000, 12_000);
    private static final int LOOK_MILLIS = 250;
    private static final int LONGEST_LOOKS = 40;

    private final LoadLimits load;
    private final String way;
    private final Limits limits;

    /** @param limits closed at the end */
    KeepingClient(
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
        Question wish = Question.acquire(limit, null, 1, any(LEASE_MILLIS), 5_000);
        Moment start = Moment.now();
        try {
            Lease lease = limits.acquire(limit)
                    .leasedFor(Duration.ofMillis(wish.leaseMillis()))
                    .waitingUpTo(Duration.ofMillis(wish.waitMillis()));
            Question of = Question.acquire(limit, lease.id(), 1, wish.leaseMillis(), wish.waitMillis());
            note(of, start, Result.GRANTED, "a kept lease");
            hold(lease, of);
        } catch (AcquireException e) {
            note(wish, start, Result.UNKNOWN, e.getMessage());
            pause(LOOK_MILLIS);
        }
    }

    private void hold(Lease lease, Question wish) throws InterruptedException {
        UUID leaseId = lease.id();
        for (int looks = upTo(LONGEST_LOOKS); looks > 0 && !isStopped(); looks--) {
            Moment start = Moment.now();
            if (!lease.isHeld()) {
                break;
            }
            note(wish.then(Kind.LOOK), start, Result.HELD, "held " + leaseId);
            pause(LOOK_MILLIS);
        }
        Moment start = Moment.now();
        lease.close();
        note(wish.then(Kind.RELEASE), start, Result.UNKNOWN, "closed");
    }

    private void note(Question asked, Moment start, Result result, @Nullable String words) {
        note(new Call(name(), way, asked, start, Moment.now(), Answer.of(result, String.valueOf(words))));
    }

    @Override
    void end() {
        limits.close();
    }
}
