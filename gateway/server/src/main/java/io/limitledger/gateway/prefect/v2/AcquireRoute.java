package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.LeaseBody;
import io.limitledger.gateway.prefect.limit.LeaseFields;
import io.limitledger.gateway.prefect.limit.ReservedLimit;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code POST /v2/concurrency_limits/increment-with-lease}: takes slots for a holder, for a time. */
record AcquireRoute(SlotTaker taker, Leases limits, ReservedLimit none, Patience patience) implements PrefectHandler {
    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        PartFields fields = request.parts();
        SlotRequest wanted = SlotRequest.of(fields);
        long leaseMillis = LeaseFields.duration(fields);
        Holder holder = LeaseFields.holder(fields);
        request.check();
        return taker.take(
                wanted,
                new WithLease(limits, none, wanted.slots(), leaseMillis, patience.millis(request), holder, request));
    }

    private record WithLease(
            Leases limits,
            ReservedLimit none,
            long slots,
            long leaseMillis,
            long waitMillis,
            @Nullable Holder holder,
            PrefectRequest request)
            implements SlotTaker.Way {
        @Override
        public boolean isNeeded(List<Limit> found) {
            return true;
        }

        /** Inactive limits are asked as well: they grant, and remember that nothing was taken. */
        @Override
        public CompletableFuture<Outcome> take(List<Limit> found) {
            List<String> names = found.stream().map(Limit::name).toList();
            Acquisition acquisition = names.isEmpty()
                    ? ReservedLimit.acquisition(slots, leaseMillis, holder)
                    : Acquisition.of(names, slots, leaseMillis, waitMillis, holder);
            // Only the answer tells the id of the lease.
            request.takes(() -> limits.giveUp(acquisition));
            return names.isEmpty() ? none.acquire(acquisition) : limits.acquire(acquisition);
        }

        @Override
        public HttpAnswer answer(List<Lease> taken, List<Limit> found) {
            return HttpAnswer.json(200, LeaseBody.of(taken.get(0), found));
        }
    }
}
