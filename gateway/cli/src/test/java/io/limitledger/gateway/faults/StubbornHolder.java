package io.limitledger.gateway.faults;

import io.limitledger.gateway.faults.proof.Answer;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Moment;
import io.limitledger.gateway.faults.proof.Question;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A holder that renews its lease four times per lease time, and keeps trying until an answer says that the lease is
 * gone.
 */
final class StubbornHolder {
    private static final int RENEWALS_PER_LEASE = 4;
    private static final long LONGEST_TRY_MILLIS = 10_000;
    private static final long BETWEEN_TRIES_MILLIS = 2_000;

    private final Question renew;
    private final Way way;
    private final ScheduledExecutorService timer;
    private volatile Moment renewed = Moment.now();
    private volatile @Nullable Answer loss;

    /** @param acquire the acquire that was just granted */
    StubbornHolder(Question acquire, Way way, ScheduledExecutorService timer) {
        this.renew = acquire.then(Kind.RENEW);
        this.way = way;
        this.timer = timer;
        in(renewAfterMillis());
    }

    private long renewAfterMillis() {
        return renew.leaseMillis() / RENEWALS_PER_LEASE;
    }

    private void in(long millis) {
        var unused = timer.schedule(this::renew, millis, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        Moment asked = Moment.now();
        var unused = way.ask(renew)
                .orTimeout(LONGEST_TRY_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> answered(asked, answer));
    }

    private void answered(Moment asked, @Nullable Answer answer) {
        if (answer != null && answer.result() == Result.RENEWED) {
            renewed = asked;
            in(renewAfterMillis());
        } else if (answer != null && answer.result() != Result.UNKNOWN) {
            loss = answer;
        } else {
            in(BETWEEN_TRIES_MILLIS);
        }
    }

    /** The answer by which it lost its lease; null while it holds. */
    @Nullable
    Answer loss() {
        return loss;
    }

    boolean hasRenewedSince(Moment moment) {
        return renewed.nanos() > moment.nanos();
    }
}
