package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.lease.Outcome;
import java.util.List;

/** Answers to clients that do not get their slots. */
public final class Denials {
    /** When it is not known how soon it is worth asking again. */
    private static final double CROWDED_SECONDS = 5;

    private final RetrySeconds retryAfter;

    public Denials(RetrySeconds retryAfter) {
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
            // Released while it waited, mostly because its client has gone.
            return locked(CROWDED_SECONDS);
        }
        throw new IllegalStateException(
                "Expected a denial, but got " + outcome.reply().type());
    }

    private HttpAnswer denied(Denied denied, List<Limit> limits, long slots) {
        if (denied.reason() == Denied.Reason.PAUSED) {
            return Errors.tooManySlots();
        }
        return limits.stream()
                .filter(limit -> limit.name().equals(denied.limit()))
                .findFirst()
                .map(limit -> locked(retryAfter.seconds(limits, limit, denied, slots)))
                .orElseGet(() -> locked(CROWDED_SECONDS));
    }

    private static HttpAnswer refused(Refused refused) {
        return switch (refused.reason()) {
            case SLOTS_EXCEED_LIMIT -> Errors.tooManySlots();
            // One of several limits was lost while the others were asked; asking again is the way out.
            case TOO_MANY_LEASES, TOO_MANY_WAITERS, LEASE_GONE -> locked(CROWDED_SECONDS);
            default -> unexpected(refused);
        };
    }

    private static HttpAnswer locked(double seconds) {
        return Errors.detail(423, "Locked").withHeader("Retry-After", Double.toString(seconds));
    }

    /** For replies that mean the same on all routes, mostly that another client was faster. */
    static HttpAnswer unexpected(Reply reply) {
        if (!(reply instanceof Refused refused)) {
            throw new IllegalStateException("Expected the outcome of the request, but got " + reply.type());
        }
        return switch (refused.reason()) {
            case LIMIT_NOT_FOUND, LIMIT_DELETED -> Errors.limitNotFound();
            case NOT_OWNER -> Errors.detail(403, refused.message());
            case LIMIT_MOVING -> Errors.unavailable();
            case INVALID_COMMAND, INVALID_DEFINITION, SLOTS_EXCEED_LIMIT, LEASE_REQUIRED ->
                Errors.detail(422, refused.message());
            default -> Errors.detail(409, refused.message());
        };
    }
}
