package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.lease.Outcome;
import java.util.List;

/** What is told to those who do not get their slots. */
final class Denials {
    /** When it is not known how soon it is worth asking again. */
    private static final double CROWDED_SECONDS = 5;

    private final RetryAfter retryAfter;

    Denials(RetryAfter retryAfter) {
        this.retryAfter = retryAfter;
    }

    HttpAnswer answer(Outcome outcome, List<Limit> limits, long slots) {
        if (outcome.reply() instanceof Denied denied) {
            return denied(denied, limits, slots);
        }
        if (outcome.reply() instanceof Refused refused) {
            return refused(refused);
        }
        if (outcome.reply() instanceof Cancelled) {
            // Released while it waited, mostly because its client went.
            return locked(CROWDED_SECONDS);
        }
        throw new IllegalStateException(
                "Expected a denial, but got " + outcome.reply().type());
    }

    private HttpAnswer denied(Denied denied, List<Limit> limits, long slots) {
        if (denied.reason() == Denied.Reason.PAUSED) {
            return Detail.tooManySlots();
        }
        return limits.stream()
                .filter(limit -> limit.name().equals(denied.limit()))
                .findFirst()
                .map(limit -> locked(retryAfter.seconds(limits, limit, denied, slots)))
                .orElseGet(() -> locked(CROWDED_SECONDS));
    }

    private static HttpAnswer refused(Refused refused) {
        return switch (refused.reason()) {
            case SLOTS_EXCEED_LIMIT -> Detail.tooManySlots();
            // One of several limits was lost while the others were asked; asking again is the way out.
            case TOO_MANY_LEASES, TOO_MANY_WAITERS, LEASE_GONE -> locked(CROWDED_SECONDS);
            default -> Unexpected.answer(refused);
        };
    }

    private static HttpAnswer locked(double seconds) {
        return Detail.answer(423, "Locked").withHeader("Retry-After", Double.toString(seconds));
    }
}
