package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.Operations;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.lease.RunningTake;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The routes that take slots without a lease, and return them. */
public final class SlotRoutes {
    private static final NumberField OCCUPANCY = NumberField.moreThan(0);
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Asking ledger;
    private final LimitLookup lookup;
    private final Leases leases;
    private final SlotTaker taker;
    private final Preferences preferences;

    public SlotRoutes(Asking ledger, LimitLookup lookup, Leases leases, SlotTaker taker, Preferences preferences) {
        this.ledger = ledger;
        this.lookup = lookup;
        this.leases = leases;
        this.taker = taker;
        this.preferences = preferences;
    }

    public void addTo(Operations operations) {
        operations.post(LimitRoutes.LIMITS + "/increment", Need.CALLER, this::take);
        operations.post(LimitRoutes.LIMITS + "/decrement", Need.CALLER, this::giveBack);
    }

    /** Can wait for slots only on limits that decay: on others it is not known when such slots come back. */
    private CompletableFuture<HttpAnswer> take(PrefectRequest request) {
        PartFields fields = request.parts();
        SlotTaker.Request wanted = SlotTaker.Request.of(fields);
        fields.nullable("create_if_missing", RequestFields.ACTIVE);
        request.check();
        return taker.as(request.caller())
                .take(
                        wanted,
                        new WithoutLease(
                                leases.as(request.onBehalf()),
                                wanted.slots(),
                                preferences.waitMillis(request),
                                request));
    }

    private record WithoutLease(Leases leases, long slots, long waitMillis, PrefectRequest request)
            implements SlotTaker.Way {
        @Override
        public boolean isNeeded(List<Limit> found) {
            return !SlotTaker.active(found).isEmpty();
        }

        @Override
        public CompletableFuture<Outcome> take(List<Limit> found) {
            List<String> names =
                    SlotTaker.active(found).stream().map(Limit::name).toList();
            RunningTake take = leases.take(names, slots, waitMillis, null);
            request.takes(take::giveUp);
            return take.outcome();
        }

        @Override
        public HttpAnswer answer(List<Lease> taken, List<Limit> found) {
            return HttpAnswer.json(200, LimitJson.minimal(found));
        }
    }

    /** On each limit by itself, up to the number that was taken without a lease. */
    private CompletableFuture<HttpAnswer> giveBack(PrefectRequest request) {
        PartFields fields = request.parts();
        long slots = fields.required("slots", RequestFields.SLOTS, 1L);
        List<String> names = fields.required("names", RequestFields.NAMES, List.of());
        long occupancyMillis = millis(fields.nullable("occupancy_seconds", OCCUPANCY));
        fields.nullable("create_if_missing", RequestFields.ACTIVE);
        request.check();
        LimitLookup callers = lookup.as(request.caller());
        callers.require(Right.HOLD, names);
        Asking asked = ledger.as(request.onBehalf());
        return callers.definitionsCaughtUp()
                .thenCompose(lookup -> giveBack(asked, lookup.byNames(names), slots, occupancyMillis));
    }

    private static CompletableFuture<HttpAnswer> giveBack(
            Asking asked, List<Limit> limits, long slots, long occupancyMillis) {
        CompletableFuture<?>[] all = SlotTaker.active(limits).stream()
                .map(limit -> asked.send(new ReturnSlots(limit.name(), slots, occupancyMillis)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(done -> HttpAnswer.json(200, LimitJson.minimal(limits)));
    }

    /** 0 if the field is missing. Anything longer than a lease may last counts as that. */
    private static long millis(@Nullable Double seconds) {
        return seconds == null
                ? 0
                : (long) Math.min(Math.max(1, seconds * MILLIS_PER_SECOND), Bounds.LONGEST_LEASE_MILLIS);
    }
}
