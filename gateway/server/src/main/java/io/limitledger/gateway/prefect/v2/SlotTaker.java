package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Takes slots of all limits that a request names and that exist, in one of the two ways to do so. */
public record SlotTaker(LimitLookup lookup, Denials denials) {
    /**
     * The slots that a request asks for.
     *
     * @param onlyDecaying whether each limit must be a rate limit
     */
    record Request(long slots, List<String> names, boolean onlyDecaying) {
        private static final String RATE_LIMIT = "rate_limit";
        private static final String CONCURRENCY = "concurrency";
        private static final FieldType<String> MODE = FieldType.oneOf(CONCURRENCY, RATE_LIMIT);

        static Request of(PartFields fields) {
            return new Request(
                    fields.required("slots", RequestFields.SLOTS, 1L),
                    fields.required("names", RequestFields.NAMES, List.of()),
                    fields.optional("mode", MODE, CONCURRENCY).equals(RATE_LIMIT));
        }

        Request without(String name) {
            return new Request(
                    slots, names.stream().filter(other -> !other.equals(name)).toList(), onlyDecaying);
        }
    }

    /** One of the two ways: with a lease or without. */
    interface Way {
        /** Whether anything is to be taken. */
        boolean isNeeded(List<Limit> limits);

        CompletableFuture<Outcome> take(List<Limit> limits);

        HttpAnswer answer(List<Lease> taken, List<Limit> limits);
    }

    /** For this caller. */
    SlotTaker as(Caller caller) {
        return new SlotTaker(lookup.as(caller), denials);
    }

    /**
     * Takes them. A limit that does not exist is passed over, but one that the caller may not hold is refused, whether it exists
     * or not: a client whose rights are too few would else do unbounded what the limit is there to bound.
     */
    CompletableFuture<HttpAnswer> take(Request request, Way way) {
        lookup.require(Right.HOLD, request.names());
        return lookup.definitionsCaughtUp().thenCompose(lookup -> take(request, lookup.byNames(request.names()), way));
    }

    private CompletableFuture<HttpAnswer> take(Request request, List<Limit> limits, Way way) {
        check(request, limits);
        return way.isNeeded(limits)
                ? way.take(limits).thenCompose(outcome -> taken(outcome, request, limits, way))
                : way.answer(List.of(), limits).now();
    }

    private CompletableFuture<HttpAnswer> taken(Outcome outcome, Request request, List<Limit> limits, Way way) {
        if (outcome.isHeld()) {
            return way.answer(outcome.leases(), limits).now();
        }
        String gone = outcome.limit();
        // A limit that was deleted just now is passed over, like any unknown one.
        return gone != null && isGone(outcome) ? take(request.without(gone), way) : denied(outcome, request);
    }

    /** When it is worth asking again depends on how the slots have been used up to now. */
    private CompletableFuture<HttpAnswer> denied(Outcome outcome, Request request) {
        return lookup.caughtUp()
                .thenApply(lookup -> denials.answer(outcome, lookup.byNames(request.names()), request.slots()));
    }

    private static boolean isGone(Outcome outcome) {
        return outcome.reply() instanceof Refused refused
                && (refused.reason() == Refused.Reason.LIMIT_NOT_FOUND
                        || refused.reason() == Refused.Reason.LIMIT_DELETED);
    }

    /**
     * What the reference refuses before it looks at what is free.
     *
     * @param limits those that exist; no rule applies to the inactive ones
     */
    private static void check(Request request, List<Limit> limits) {
        List<Limit> active = active(limits);
        if (active.stream()
                .map(Limit::definition)
                .anyMatch(limit -> request.slots() > limit.limit() || limit.tooSmall(request.slots()) != null)) {
            throw new AnswerException(Errors.tooManySlots());
        }
        String notDecaying = active.stream()
                .filter(limit -> !limit.definition().isPaced())
                .map(Limit::name)
                .collect(Collectors.joining(","));
        if (request.onlyDecaying() && !notDecaying.isEmpty()) {
            throw refusal("Only concurrency limits with slot decay can be used for rate limiting. The following limits"
                    + " do not have a decay configured: '" + notDecaying + "'");
        }
        if (limits.size() > Acquisition.MAX_NAMES) {
            throw refusal(
                    "Expected at most " + Acquisition.MAX_NAMES + " limits in one request, but got " + limits.size());
        }
    }

    static List<Limit> active(List<Limit> limits) {
        return limits.stream().filter(limit -> limit.definition().active()).toList();
    }

    private static AnswerException refusal(String detail) {
        return new AnswerException(Errors.detail(422, detail));
    }
}
