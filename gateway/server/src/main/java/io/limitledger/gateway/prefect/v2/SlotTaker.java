package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes slots of all limits that a request names and that there are, in one of the two ways to do so. */
record SlotTaker(LimitLookup lookup, Denials denials) {

    /** One of the two ways: with a lease or without. */
    interface Way {
        /** Whether there is anything to take. */
        boolean isNeeded(List<Limit> limits);

        CompletableFuture<Outcome> take(List<Limit> limits);

        HttpAnswer answer(List<Lease> taken, List<Limit> limits);
    }

    CompletableFuture<HttpAnswer> take(SlotRequest request, Way way) {
        return lookup.definitionsCaughtUp().thenCompose(lookup -> take(request, lookup.byNames(request.names()), way));
    }

    private CompletableFuture<HttpAnswer> take(SlotRequest request, List<Limit> limits, Way way) {
        SlotRules.check(request, limits);
        return way.isNeeded(limits)
                ? way.take(limits).thenCompose(outcome -> taken(outcome, request, limits, way))
                : way.answer(List.of(), limits).now();
    }

    private CompletableFuture<HttpAnswer> taken(Outcome outcome, SlotRequest request, List<Limit> limits, Way way) {
        if (outcome.isHeld()) {
            return way.answer(outcome.leases(), limits).now();
        }
        String gone = outcome.limit();
        // A limit that was deleted just now is passed over, like any unknown one.
        return gone != null && isGone(outcome) ? take(request.without(gone), way) : denied(outcome, request);
    }

    /** When it is worth asking again depends on how the slots have been used up to now. */
    private CompletableFuture<HttpAnswer> denied(Outcome outcome, SlotRequest request) {
        return lookup.caughtUp()
                .thenApply(lookup -> denials.answer(outcome, lookup.byNames(request.names()), request.slots()));
    }

    private static boolean isGone(Outcome outcome) {
        return outcome.reply() instanceof Refused refused
                && (refused.reason() == Refused.Reason.LIMIT_NOT_FOUND
                        || refused.reason() == Refused.Reason.LIMIT_DELETED);
    }
}
