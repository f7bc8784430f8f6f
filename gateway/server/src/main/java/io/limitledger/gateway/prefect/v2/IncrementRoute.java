package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.MinimalLimit;
import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.lease.RunningTake;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /v2/concurrency_limits/increment}: takes slots without a lease. Only on limits that decay can it wait for
 * them: of others nobody knows when such slots come back.
 */
record IncrementRoute(SlotTaker taker, Leases limits, Patience patience) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        PartFields fields = request.parts();
        SlotRequest wanted = SlotRequest.of(fields);
        fields.nullable("create_if_missing", LimitFields.ACTIVE);
        request.check();
        return taker.take(wanted, new WithoutLease(limits, wanted.slots(), patience.millis(request), request));
    }

    private record WithoutLease(Leases limits, long slots, long waitMillis, PrefectRequest request)
            implements SlotTaker.Way {
        @Override
        public boolean isNeeded(List<Limit> found) {
            return !SlotRules.active(found).isEmpty();
        }

        @Override
        public CompletableFuture<Outcome> take(List<Limit> found) {
            List<String> names =
                    SlotRules.active(found).stream().map(Limit::name).toList();
            RunningTake take = limits.take(names, slots, waitMillis, null);
            request.takes(take::giveUp);
            return take.outcome();
        }

        @Override
        public HttpAnswer answer(List<Lease> taken, List<Limit> found) {
            return HttpAnswer.json(200, MinimalLimit.all(found));
        }
    }
}
