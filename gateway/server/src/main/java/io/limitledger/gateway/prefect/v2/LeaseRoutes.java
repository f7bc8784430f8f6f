package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.LeaseRights;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.PrefectHolder;
import io.limitledger.gateway.prefect.limit.ReservedLimit;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.request.UuidField;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The routes that acquire leases, renew and release them. */
public final class LeaseRoutes {
    private static final UUID NO_ID = new UUID(0, 0);
    private static final double DEFAULT_LEASE_SECONDS = 300;
    private static final NumberField LEASE_SECONDS = NumberField.atLeast(60, 86_400);
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Leases leases;
    private final LeaseRights rights;
    private final ReservedLimit none;
    private final SlotTaker taker;
    private final Preferences preferences;

    public LeaseRoutes(
            Leases leases, LeaseRights rights, ReservedLimit none, SlotTaker taker, Preferences preferences) {
        this.leases = leases;
        this.rights = rights;
        this.none = none;
        this.taker = taker;
        this.preferences = preferences;
    }

    public void addTo(Operations operations) {
        operations.post(LimitRoutes.LIMITS + "/increment-with-lease", Need.CALLER, this::acquire);
        operations.post(LimitRoutes.LIMITS + "/decrement-with-lease", Need.CALLER, this::release);
        operations.post(LimitRoutes.LIMITS + "/leases/{lease_id}/renew", Need.CALLER, this::renew);
    }

    private CompletableFuture<HttpAnswer> acquire(PrefectRequest request) {
        PartFields fields = request.parts();
        SlotTaker.Request wanted = SlotTaker.Request.of(fields);
        long leaseMillis = leaseMillis(fields);
        Holder holder = PrefectHolder.inBody(fields);
        request.check();
        return taker.as(request.caller())
                .take(
                        wanted,
                        new WithLease(
                                leases.as(request.onBehalf()),
                                none,
                                wanted.slots(),
                                leaseMillis,
                                preferences.waitMillis(request),
                                holder,
                                request));
    }

    private static long leaseMillis(PartFields fields) {
        return Math.round(fields.optional("lease_duration", LEASE_SECONDS, DEFAULT_LEASE_SECONDS) * MILLIS_PER_SECOND);
    }

    private record WithLease(
            Leases leases,
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
            // The client learns the id of the lease only from the answer.
            request.takes(() -> leases.giveUp(acquisition));
            return names.isEmpty() ? none.acquire(acquisition, leases) : leases.acquire(acquisition);
        }

        @Override
        public HttpAnswer answer(List<Lease> taken, List<Limit> found) {
            return HttpAnswer.json(200, LimitJson.ofLease(taken.get(0), found));
        }
    }

    /**
     * Ends a lease. A lease that is gone counts as released, unless the request prefers to hear of it ({@code Prefer:
     * handling=strict}, RFC 7240): a proxy in front of two servers does, so that it can release leases of the other one.
     */
    private CompletableFuture<HttpAnswer> release(PrefectRequest request) {
        UUID leaseId = request.parts().required("lease_id", UuidField.TYPE, NO_ID);
        request.check();
        boolean isStrict = Preferences.isStrict(request);
        return leases.as(rights.onBehalf(leaseId, request.caller()))
                .releaseIfHeld(leaseId)
                .thenApply(outcome -> released(outcome, isStrict, request.caller()));
    }

    private static HttpAnswer released(Outcome outcome, boolean isStrict, Caller caller) {
        boolean isGone = outcome.isGone() || LeaseRights.isHidden(outcome, caller);
        if (outcome.reply() instanceof Released || (isGone && !isStrict)) {
            return HttpAnswer.noContent();
        }
        return isGone ? Errors.leaseNotFound() : Denials.unexpected(outcome.reply());
    }

    /**
     * Holds a lease for longer, counted from now. Clients do so right after each acquire, and only here their headers say
     * who they are.
     */
    private CompletableFuture<HttpAnswer> renew(PrefectRequest request) {
        UUID leaseId = request.pathId("lease_id");
        long leaseMillis = leaseMillis(request.parts());
        request.check();
        rights.requireHold(leaseId, request.caller());
        return leases.as(rights.onBehalf(leaseId, request.caller()))
                .renew(leaseId, leaseMillis, PrefectHolder.inHeaders(request))
                .thenApply(outcome ->
                        LeaseRights.isHidden(outcome, request.caller()) ? Errors.leaseNotFound() : renewed(outcome));
    }

    private static HttpAnswer renewed(Outcome outcome) {
        if (outcome.isHeld()) {
            return HttpAnswer.noContent();
        }
        boolean isGone = outcome.reply() instanceof Refused refused
                && (refused.reason() == Refused.Reason.LEASE_GONE
                        || refused.reason() == Refused.Reason.LIMIT_NOT_FOUND);
        return isGone ? Errors.leaseNotFound() : Denials.unexpected(outcome.reply());
    }
}
