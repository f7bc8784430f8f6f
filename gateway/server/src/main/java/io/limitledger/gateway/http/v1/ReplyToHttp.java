package io.limitledger.gateway.http.v1;

import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import io.limitledger.gateway.http.problem.Problem.Why;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.lease.Outcome;
import io.limitledger.wire.ReplyRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What each reply of the ledger is over HTTP: a function of the reply alone. */
final class ReplyToHttp {
    /** When a limit has too many leases or waiters: how soon that changes is not known. */
    private static final long CROWDED_RETRY_MILLIS = 5_000;

    /** A move takes milliseconds; one that has taken seconds waits for something that takes about as long again. */
    private static final long MOVING_RETRY_MILLIS = 1_000;

    private ReplyToHttp() {}

    static HttpAnswer of(ReplyRecord answer) {
        return of(answer.reply());
    }

    static HttpAnswer of(Reply reply) {
        if (reply instanceof Granted granted) {
            return granted(granted.lease());
        }
        if (reply instanceof Renewed renewed) {
            return HttpAnswer.json(200, LeaseBody.of(renewed.lease()));
        }
        if (reply instanceof Charged charged) {
            return HttpAnswer.json(200, LeaseBody.of(charged.lease()));
        }
        if (reply instanceof Stored stored) {
            return stored(stored);
        }
        if (reply instanceof Checked checked) {
            return HttpAnswer.json(200, CheckBody.of(checked, null));
        }
        if (reply instanceof Released || reply instanceof Deleted || reply instanceof KeyStored) {
            return HttpAnswer.noContent();
        }
        return HttpAnswer.problem(problem(reply));
    }

    /** A lease that was looked for by its id. */
    static HttpAnswer of(Outcome outcome) {
        return outcome.isHeld()
                ? HttpAnswer.json(200, LeaseBody.of(outcome.leases()))
                : outcome.reply() instanceof Released ? HttpAnswer.noContent() : problem(outcome);
    }

    /** Without the lease id: once slots of other limits were given back under it, it is of no use any more. */
    static HttpAnswer problem(Outcome outcome) {
        return HttpAnswer.problem(problem(outcome.reply()).about(null).on(outcome.limit()));
    }

    private static HttpAnswer granted(Lease lease) {
        return granted(lease, LeaseBody.of(lease));
    }

    static HttpAnswer granted(Lease lease, LeaseBody body) {
        HttpAnswer created = HttpAnswer.json(201, body);
        boolean canBeRead = lease.leaseMillis() > 0;
        return canBeRead ? created.withHeader("Location", "/v1/leases/" + lease.leaseId()) : created;
    }

    private static HttpAnswer stored(Stored stored) {
        LimitBody limit =
                LimitBody.of(stored.limit(), (Waiter) null, stored.limit().decidedAt());
        HttpAnswer answer = stored.created()
                ? HttpAnswer.json(201, limit).withHeader("Location", "/v1/limits/" + inPath(limit.name()))
                : HttpAnswer.json(200, limit);
        return answer.withHeader("ETag", limit.tag());
    }

    private static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Problem problem(Reply reply) {
        if (reply instanceof Denied denied) {
            return denied(denied);
        }
        if (reply instanceof Refused refused) {
            return refused(refused);
        }
        if (reply instanceof Cancelled cancelled) {
            return ProblemType.ACQUIRE_CANCELLED.because(cancelled.message()).about(cancelled.leaseId());
        }
        return ProblemType.INTERNAL_ERROR.because("Expected the outcome of the request, but got " + reply.type());
    }

    private static Problem denied(Denied denied) {
        ProblemType type = switch (denied.reason()) {
            case PAUSED -> ProblemType.LIMIT_PAUSED;
            case FULL -> ProblemType.LIMIT_FULL;
            case QUOTA -> ProblemType.QUOTA_USED_UP;
            case KEY -> ProblemType.KEY_FULL;
            case QUEUE -> ProblemType.QUEUE_FULL;
            case REPLACED -> ProblemType.REPLACED;
            case TIMED_OUT -> ProblemType.WAIT_TIMED_OUT;
        };
        return type.because(denied.message())
                .retryAfter(denied.retryAfterMillis())
                .because(Why.of(denied))
                .about(denied.leaseId());
    }

    private static Problem refused(Refused refused) {
        return switch (refused.reason()) {
            case UNREADABLE_COMMAND -> ProblemType.INTERNAL_ERROR.because(refused.message());
            case INVALID_COMMAND, INVALID_DEFINITION -> Problem.invalid(refused.fields());
            case LIMIT_NOT_FOUND -> ProblemType.LIMIT_NOT_FOUND.because(refused.message());
            case LIMIT_EXISTS -> ProblemType.LIMIT_EXISTS.because(refused.message());
            case LIMIT_MOVING ->
                ProblemType.LIMIT_MOVING.because(refused.message()).retryAfter(MOVING_RETRY_MILLIS);
            case LIMIT_DELETED -> ProblemType.LIMIT_DELETED.because(refused.message());
            case LEASE_ID_TAKEN -> ProblemType.LEASE_ID_TAKEN.because(refused.message());
            case LEASE_GONE -> ProblemType.LEASE_GONE.because(refused.message());
            case NOT_OWNER -> ProblemType.FORBIDDEN.because(refused.message());
            case SLOTS_EXCEED_LIMIT -> ProblemType.SLOTS_EXCEED_LIMIT.because(refused.message());
            case LEASE_REQUIRED -> ProblemType.LEASE_REQUIRED.because(refused.message());
            case TOO_MANY_KEYS ->
                ProblemType.TOO_MANY_KEYS.because(refused.message()).retryAfter(CROWDED_RETRY_MILLIS);
            case KEYS_NOT_BOUNDED -> ProblemType.KEYS_NOT_BOUNDED.because(refused.message());
            case TOO_MANY_LEASES ->
                ProblemType.TOO_MANY_LEASES.because(refused.message()).retryAfter(CROWDED_RETRY_MILLIS);
            case TOO_MANY_WAITERS ->
                ProblemType.TOO_MANY_WAITERS.because(refused.message()).retryAfter(CROWDED_RETRY_MILLIS);
        };
    }
}
